import type { LooseComment } from '@groundswell/client';
import { memo } from 'react';
import { CommentLine } from './comment-line.js';

/** A friend's comment on a story that is not in this list. */
export const LooseCommentCard = memo(function LooseCommentCard({ entry }: { entry: LooseComment }) {
  const { author } = entry.comment;
  return (
    <article className="card" aria-label={`Comment by ${author.name}`}>
      <p className="quiet loose-note">{author.name} commented on a status in Everyone</p>
      <ul className="comments comments-loose">
        <CommentLine comment={entry.comment} />
      </ul>
    </article>
  );
});
