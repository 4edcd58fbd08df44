import { useActions } from '../feed/feed-actions.js';
import type { Pending } from './outbox.js';

/** How far a post of one's own has come, with a way on when it failed. */
export function DeliveryLine({ post }: { post: Pending }) {
  const { outbox } = useActions();
  if (post.delivery.t === 'sending') return <p className="quiet">Sending…</p>;
  if (post.delivery.t === 'stored') return <p className="quiet">Posted</p>;
  return (
    <p className="fault" role="alert">
      Not posted. {post.delivery.message}{' '}
      <button type="button" className="link" onClick={() => outbox.retry(post.local)}>
        Try again
      </button>{' '}
      <button type="button" className="link" onClick={() => outbox.discard(post.local)}>
        Discard
      </button>
    </p>
  );
}
