import { DeliveryLine } from './delivery-line.js';
import { RichText } from '../feed/rich-text.js';
import type { Pending } from './outbox.js';

/** A comment of one's own on its way. */
export function PendingLine({ post }: { post: Pending }) {
  return (
    <li className={`comment pending pending-${post.delivery.t}`}>
      <div className="comment-body">
        <p className="byline">
          <span className="author">You</span>
        </p>
        <RichText text={post.text} />
        <DeliveryLine post={post} />
      </div>
    </li>
  );
}
