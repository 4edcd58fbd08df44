import type { CommentOp } from '@groundswell/protocol';
import { memo } from 'react';
import { AuthorMenu } from './author-menu.js';
import { Avatar } from './avatar.js';
import { DeleteButton } from './delete-button.js';
import { useActions } from './feed-actions.js';
import { RelativeTime } from './relative-time.js';
import { RichText } from './rich-text.js';

interface Props {
  comment: CommentOp;
  /** Name of whom it answers, when that comment is held. */
  answers?: string | undefined;
  onReply?: ((comment: CommentOp) => void) | undefined;
}

export const CommentLine = memo(function CommentLine({ comment, answers, onReply }: Props) {
  const { viewer, deleteComment } = useActions();
  return (
    <li className="comment">
      <Avatar author={comment.author} small />
      <div className="comment-body">
        <div className="byline">
          <span className="author">{comment.author.name}</span>
          {answers !== undefined && <span className="quiet">to {answers}</span>}
          <RelativeTime at={comment.at} />
          <span className="spacer" />
          <AuthorMenu author={comment.author} />
        </div>
        <RichText text={comment.text} facets={comment.facets} />
        {viewer !== undefined && (
          <div className="actions">
            {onReply && (
              <button type="button" className="link" onClick={() => onReply(comment)}>
                Reply
              </button>
            )}
            {comment.author.id === viewer && (
              <DeleteButton what="comment" onDelete={() => deleteComment(comment.of, comment.id)} />
            )}
          </div>
        )}
      </div>
    </li>
  );
});
