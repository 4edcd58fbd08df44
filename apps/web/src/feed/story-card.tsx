import type { StoryEntry } from '@groundswell/client';
import { memo, useId } from 'react';
import { AuthorMenu } from './author-menu.js';
import { Avatar } from './avatar.js';
import { DeleteButton } from './delete-button.js';
import { useActions } from './feed-actions.js';
import { LikeButton } from './like-button.js';
import { RelativeTime } from './relative-time.js';
import { RichText } from './rich-text.js';
import { Thread } from './thread.js';

export const StoryCard = memo(function StoryCard({ entry }: { entry: StoryEntry }) {
  const { viewer, deleteStatus } = useActions();
  const { add } = entry;
  const name = useId();
  return (
    <article className="card story" aria-labelledby={name}>
      <Avatar author={add.author} />
      <div className="story-body">
        <header className="byline">
          <span className="author" id={name}>
            {add.author.name}
          </span>
          <RelativeTime at={add.at} />
          {add.audience === 'friends' && <span className="badge">Friends only</span>}
          {add.similar !== undefined && <span className="badge">×{add.similar} similar</span>}
          <span className="spacer" />
          <LikeButton of={add.id} likes={entry.likes} />
          {add.author.id === viewer && <DeleteButton what="status" onDelete={() => deleteStatus(add.id)} />}
          <AuthorMenu author={add.author} />
        </header>
        <RichText text={add.text} facets={add.facets} />
        <Thread of={add.id} comments={entry.comments} count={entry.commentCount} />
      </div>
    </article>
  );
});
