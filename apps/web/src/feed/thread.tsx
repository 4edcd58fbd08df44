import type { CommentOp } from '@groundswell/protocol';
import { INLINE_COMMENTS } from '@groundswell/protocol';
import { useCallback, useContext, useId, useState } from 'react';
import { PendingLine } from '../compose/pending-line.js';
import { ReplyBox } from '../compose/reply-box.js';
import { CommentLine } from './comment-line.js';
import { PendingContext, useActions } from './feed-actions.js';

interface Props {
  /** The story. */
  of: string;
  comments: readonly CommentOp[];
  count: number;
}

type Reply = { t: 'closed' } | { t: 'open'; to?: CommentOp };

function countWords(count: number): string {
  return count === 1 ? '1 comment' : `${count} comments`;
}

/** The comments of a story, the newest few of them open, with the viewer's own on their way and a box to write one. */
export function Thread({ of, comments, count }: Props) {
  const { viewer, outbox } = useActions();
  const pending = useContext(PendingContext).filter((post) => post.of === of);
  const [open, setOpen] = useState(false);
  const [reply, setReply] = useState<Reply>({ t: 'closed' });
  const list = useId();
  const shown = open ? comments : comments.slice(-INLINE_COMMENTS);
  const more = comments.length > INLINE_COMMENTS;
  const replyTo = useCallback((to: CommentOp) => setReply({ t: 'open', to }), [setReply]);
  const names = new Map(comments.map((comment) => [comment.id, comment.author.name]));

  return (
    <div className="thread">
      <div className="actions">
        {more ? (
          <button
            type="button"
            className="link"
            aria-expanded={open}
            aria-controls={list}
            onClick={() => setOpen(!open)}
          >
            {countWords(count)}
          </button>
        ) : (
          count > 0 && <span className="quiet">{countWords(count)}</span>
        )}
        {viewer !== undefined && reply.t === 'closed' && (
          <button type="button" className="link" onClick={() => setReply({ t: 'open' })}>
            Comment
          </button>
        )}
      </div>
      {open && count > comments.length && <p className="quiet">Showing the newest {comments.length}.</p>}
      {(shown.length > 0 || pending.length > 0) && (
        <ul className="comments" id={list}>
          {shown.map((comment) => (
            <CommentLine
              key={comment.id}
              comment={comment}
              answers={comment.inReplyTo === undefined ? undefined : names.get(comment.inReplyTo)}
              onReply={replyTo}
            />
          ))}
          {pending.map((post) => (
            <PendingLine key={post.local} post={post} />
          ))}
        </ul>
      )}
      {reply.t === 'open' && (
        <ReplyBox
          to={reply.to?.author.name}
          onSend={(text) => {
            outbox.comment(of, text, reply.to?.id);
            setReply({ t: 'closed' });
          }}
          onCancel={() => setReply({ t: 'closed' })}
        />
      )}
    </div>
  );
}
