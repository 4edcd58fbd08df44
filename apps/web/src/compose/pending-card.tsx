import { DeliveryLine } from './delivery-line.js';
import { RichText } from '../feed/rich-text.js';
import type { Pending } from './outbox.js';

/** A status of one's own on its way. */
export function PendingCard({ post }: { post: Pending }) {
  return (
    <article className={`card pending pending-${post.delivery.t}`} aria-label="Your status, on its way">
      <p className="byline">
        <span className="author">You</span>
        {post.audience === 'friends' && <span className="badge">Friends only</span>}
      </p>
      <RichText text={post.text} />
      <DeliveryLine post={post} />
    </article>
  );
}
