import { isOfItem, type Item } from '@groundswell/feed';

/** Items that an inbox holds, at most: of more the oldest go, and who has not seen them yet is served by a scan. */
export const INBOX_ITEMS = 128;

/**
 * What has come for a viewer who polls, by position. The items are those that the window holds, so an inbox costs eight
 * bytes for each; the answer to *anything new?* is one comparison.
 */
export class Inbox {
  /** When the viewer last asked, monotonic milliseconds. */
  askedAt = 0;
  /** Version of the list of authors whom the viewer's device hides; undefined: the list has changed since it was made. */
  hideVersion: string | undefined;
  private items: Item[] = [];
  private newest = 0;

  /** `completeAfter`: every item for the viewer above this position will be here. */
  constructor(
    readonly member: string,
    private completeAfter: number,
  ) {}

  /** Takes an item for the viewer. What is taken back is not said again. */
  put(item: Item): void {
    // An item comes once from each leaf in which the viewer stands.
    if (item.seq <= this.newest) return;
    this.newest = item.seq;
    const { op } = item.rendered;
    if (op.t === 'tomb') this.items = this.items.filter(({ rendered }) => !isOfItem(rendered, op.id));
    if (this.items.length === INBOX_ITEMS) {
      // A quarter at a time, so that a full inbox does not move what it holds for every item.
      this.completeAfter = this.items[INBOX_ITEMS / 4 - 1]!.seq;
      this.items = this.items.slice(INBOX_ITEMS / 4);
    }
    this.items.push(item);
  }

  /** Whether nothing at all has come above a position. */
  isQuietAfter(seq: number): boolean {
    return seq >= this.newest && seq >= this.completeAfter;
  }

  /** What has come above a position, in log order; undefined when not all of it is here. */
  after(seq: number): readonly Item[] | undefined {
    if (seq < this.completeAfter) return undefined;
    const first = this.items.findIndex((item) => item.seq > seq);
    return first === -1 ? [] : this.items.slice(first);
  }

  /** Lets go of what the window has dropped. */
  forgetUpTo(seq: number): void {
    if (seq <= this.completeAfter) return;
    this.completeAfter = seq;
    this.items = this.items.filter((item) => item.seq > seq);
  }
}
