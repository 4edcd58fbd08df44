import type { EveryoneCursor, SkipFrame } from '@groundswell/protocol';
import type { Connection } from './connection.js';
import type { EveryoneFrames } from './everyone-frames.js';
import { EveryoneSlots } from './everyone-slots.js';
import type { SharedFrame } from './shared-frame.js';

/** Levers that the flow of Everyone obeys as they stand. */
export interface FlowLevers {
  /** Off: newcomers get the snapshot, nobody gets more; what was missed is caught up on when it is on again. */
  enabled: () => boolean;
  /** A viewer that is more segments behind gets the newest snapshot instead. */
  maxBehind: () => number;
}

/**
 * Everyone as a pull log: a socket has only a number, and takes what it lacks when it can. A slow socket holds no queue
 * and delays nobody.
 */
export class EveryoneHub {
  private readonly slots = new EveryoneSlots();

  constructor(
    private readonly frames: EveryoneFrames,
    private readonly levers: FlowLevers,
    /** Sends the mark that a socket is owed, in one write with a segment: a write costs more than what is in it. */
    private readonly pay: (connection: Connection) => void = () => undefined,
  ) {}

  get size(): number {
    return this.slots.count;
  }

  /** Starts the tab: from the cursor when what follows it is held, else from a snapshot. */
  attach(connection: Connection, cursor: EveryoneCursor | null): void {
    this.slots.add(connection);
    const { epoch, n: head } = this.frames.head;
    if (!cursor || cursor.epoch < epoch) {
      if (cursor) connection.send({ t: 'reset', tab: 'everyone', reason: 'epoch' });
      this.sendSnapshot(connection);
      return;
    }
    // A cursor from the future means nothing new: it waits until the stream gets there.
    this.slots.cursors[connection.slot] = cursor.epoch > epoch ? head : cursor.n;
    this.advance(connection);
  }

  detach(connection: Connection): void {
    this.slots.remove(connection);
  }

  /** The tab comes to the front or goes to the back. */
  show(connection: Connection, shown: boolean): void {
    if (connection.slot < 0) return;
    this.slots.shown[connection.slot] = shown ? 1 : 0;
    if (shown) this.advance(connection);
    else connection.halt();
  }

  /** A segment has been sealed: everybody who can take it gets it. */
  sealed(): void {
    const { count, cursors, deflates, free, sent, streams } = this.slots;
    if (count === 0 || !this.levers.enabled()) return;
    const { n: head } = this.frames.head;
    const frame = this.frames.segment(head);
    for (let slot = 0; slot < count; slot++) {
      if (free[slot] === 0 || cursors[slot] !== head - 1) {
        this.offer(slot, { frame, head });
        continue;
      }
      cursors[slot] = head;
      sent[slot]!++;
      if (!streams[slot]!.write(deflates[slot] === 1 ? frame.deflated : frame.plain)) free[slot] = 0;
    }
  }

  /** The flow is on again: everybody gets what they missed. */
  resume(): void {
    const { count, connections } = this.slots;
    for (let slot = 0; slot < count; slot++) this.advance(connections[slot]!);
  }

  /** Sends what the socket lacks, as long as it takes it. Called again when it drains. */
  advance(connection: Connection): void {
    const { slot } = connection;
    const { cursors, sent, shown } = this.slots;
    if (slot < 0 || shown[slot] === 0 || !connection.open || connection.congested) return;
    const { n: head } = this.frames.head;
    let n = cursors[slot]!;
    if (n >= head || !this.levers.enabled()) return;
    if (head - n > this.levers.maxBehind() || n + 1 < this.frames.serveFrom) return this.skip(connection, head);
    do {
      connection.share(this.frames.segment(++n));
      sent[slot]!++;
    } while (n < head && !connection.congested);
    cursors[slot] = n;
  }

  /** Proof of no gap: how far this socket is, and how many segments it has been sent. */
  mark(connection: Connection): void {
    const { slot } = connection;
    const { cursors, sent, shown } = this.slots;
    if (slot < 0 || shown[slot] === 0 || connection.congested) return;
    const cursor = { epoch: this.frames.head.epoch, n: cursors[slot]! };
    connection.mark({ t: 'mark', tab: 'everyone', cursor, count: sent[slot]! });
  }

  /** The newest segment to a socket in whose way something has stood. */
  private offer(slot: number, { frame, head }: { frame: SharedFrame; head: number }): void {
    const { connections, cursors, free, sent, shown } = this.slots;
    const connection = connections[slot]!;
    if (cursors[slot] !== head - 1) return this.advance(connection);
    if (shown[slot] === 0 || !connection.open || connection.congested) return;
    cursors[slot] = head;
    sent[slot]!++;
    // The write may take it away again.
    free[slot] = 1;
    if (connection.owed === 'nothing') connection.share(frame);
    else this.shareAndPay(connection, frame);
  }

  private shareAndPay(connection: Connection, frame: SharedFrame): void {
    connection.together(() => {
      connection.share(frame);
      this.pay(connection);
    });
  }

  private skip(connection: Connection, head: number): void {
    const from = this.slots.cursors[connection.slot]!;
    const skip: SkipFrame = { t: 'skip', tab: 'everyone', from, to: head, missed: head - from };
    connection.send(skip);
    this.sendSnapshot(connection);
  }

  private sendSnapshot(connection: Connection): void {
    connection.share(this.frames.snapshot());
    this.slots.cursors[connection.slot] = this.frames.head.n;
  }
}
