import type { FriendsCursor, FriendsSnapFrame, ItemFrame, MarkFrame } from '@groundswell/protocol';
import { isOlder } from '@groundswell/protocol';
import type { Verdict } from './verdict.js';

/**
 * Bookkeeping of Friends. Positions have holes by nature (other people's items), so only the count in a `mark` can
 * prove that nothing is missing (W3).
 */
export class FriendsTrack {
  #cursor: FriendsCursor | null;
  #epoch: number;
  #received = 0;

  constructor(cursor: FriendsCursor | null) {
    this.#cursor = cursor;
    this.#epoch = cursor?.epoch ?? 0;
  }

  /** What the next `hello` asks from; `null` = from a snapshot. */
  get cursor(): FriendsCursor | null {
    return this.#cursor;
  }

  /** Highest epoch ever seen: survives a reset, so that a node that lags is recognised. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Item frames since `welcome`, ignored ones included: `mark` counts what was sent. */
  get received(): number {
    return this.#received;
  }

  /** A socket said welcome: its count starts, and frames of an epoch before the server's are stale from here on. */
  welcomed(epoch: number): void {
    this.#received = 0;
    this.#epoch = Math.max(this.#epoch, epoch);
  }

  /** Items carry no epoch: they are of the epoch of the snapshot or cursor that they follow. */
  item(frame: ItemFrame): Verdict {
    this.#received++;
    return this.follow(frame);
  }

  /** The same for an item that the socket did not bring: marks do not count it. */
  follow(frame: ItemFrame): Verdict {
    const cursor = this.#cursor;
    if (!cursor || cursor.epoch < this.#epoch) return 'fault';
    if (frame.seq <= cursor.seq) return 'stale';
    this.#advance({ epoch: cursor.epoch, seq: frame.seq });
    return 'apply';
  }

  snap(frame: FriendsSnapFrame): Verdict {
    if (frame.cursor.epoch < this.#epoch) return 'stale';
    const held = this.#cursor;
    if (held && isOlder(at(frame.cursor), at(held))) return 'stale';
    this.#advance(frame.cursor);
    return 'apply';
  }

  /** A mark where a snapshot had to come first is a fault. */
  mark(frame: Extract<MarkFrame, { tab: 'friends' }>): Verdict {
    if (frame.cursor.epoch < this.#epoch) return 'stale';
    if (frame.count !== this.#received) return 'gap';
    const held = this.#cursor;
    if (!held) return 'fault';
    if (isOlder(at(frame.cursor), at(held))) return 'stale';
    if (frame.cursor.epoch > held.epoch) return 'fault';
    this.#advance(frame.cursor);
    return 'apply';
  }

  /** Nothing more is to be had up to a position, as an answer to the held cursor says. */
  examined(cursor: FriendsCursor): void {
    const held = this.#cursor;
    if (held?.epoch === cursor.epoch && held.seq < cursor.seq) this.#advance(cursor);
  }

  reset(): void {
    this.#cursor = null;
  }

  #advance(cursor: FriendsCursor): void {
    this.#cursor = { epoch: cursor.epoch, seq: cursor.seq };
    this.#epoch = cursor.epoch;
  }
}

function at(cursor: FriendsCursor): { epoch: number; position: number } {
  return { epoch: cursor.epoch, position: cursor.seq };
}
