import type { EveryoneCursor, EveryoneSnapFrame, MarkFrame, SegFrame } from '@groundswell/protocol';
import { isOlder } from '@groundswell/protocol';
import type { Verdict } from './verdict.js';

/**
 * Bookkeeping of Everyone: which segment is next, and how many this socket has brought.
 * Segments are contiguous (N2, H3), so the cursor itself proves that nothing before it is missing.
 */
export class EveryoneTrack {
  #cursor: EveryoneCursor | null;
  #epoch: number;
  #received = 0;

  constructor(cursor: EveryoneCursor | null) {
    this.#cursor = cursor;
    this.#epoch = cursor?.epoch ?? 0;
  }

  /** What the next `hello` asks from; `null` = from a snapshot. */
  get cursor(): EveryoneCursor | null {
    return this.#cursor;
  }

  /** Highest epoch ever seen: survives a reset, so that a node that lags is recognised. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Segment frames since `welcome`, ignored ones included: `mark` counts what was sent. */
  get received(): number {
    return this.#received;
  }

  /** A socket said welcome: its count starts, and frames of an epoch before the server's are stale from here on. */
  welcomed(epoch: number): void {
    this.#received = 0;
    this.#epoch = Math.max(this.#epoch, epoch);
  }

  /** A segment of the socket. */
  segment(frame: SegFrame): Verdict {
    this.#received++;
    return this.follow(frame);
  }

  /** A segment of whatever transport: not counted, since marks tell of the socket alone. */
  follow(frame: SegFrame): Verdict {
    if (frame.epoch < this.#epoch) return 'stale';
    const cursor = this.#cursor;
    if (!cursor || frame.epoch > cursor.epoch) return 'fault';
    if (frame.n <= cursor.n) return 'stale';
    if (frame.n > cursor.n + 1) return 'fault';
    this.#advance({ epoch: frame.epoch, n: frame.n });
    return 'apply';
  }

  snap(frame: EveryoneSnapFrame): Verdict {
    if (frame.cursor.epoch < this.#epoch) return 'stale';
    const held = this.#cursor;
    if (held && isOlder(at(frame.cursor), at(held))) return 'stale';
    this.#advance(frame.cursor);
    return 'apply';
  }

  /** A mark ahead of the cursor means segments that never came; a differing count means frames that were lost.
   * A mark where a snapshot had to come first is a fault. */
  mark(frame: Extract<MarkFrame, { tab: 'everyone' }>): Verdict {
    if (frame.cursor.epoch < this.#epoch) return 'stale';
    if (frame.count !== this.#received) return 'gap';
    if (!this.#cursor) return 'fault';
    if (isOlder(at(this.#cursor), at(frame.cursor))) return 'gap';
    return 'apply';
  }

  reset(): void {
    this.#cursor = null;
  }

  #advance(cursor: EveryoneCursor): void {
    this.#cursor = { epoch: cursor.epoch, n: cursor.n };
    this.#epoch = cursor.epoch;
  }
}

function at(cursor: EveryoneCursor): { epoch: number; position: number } {
  return { epoch: cursor.epoch, position: cursor.n };
}
