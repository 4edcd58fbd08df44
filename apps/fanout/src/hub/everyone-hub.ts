import type { EveryoneCursor, SkipFrame } from '@groundswell/protocol';
import type { Connection } from './connection.js';
import type { EveryoneFrames } from './everyone-frames.js';

/**
 * Everyone as a pull log: a socket has only a number, and takes what it lacks when it can. A slow socket holds no queue
 * and delays nobody.
 */
export class EveryoneHub {
  private readonly connections = new Set<Connection>();

  constructor(
    private readonly frames: EveryoneFrames,
    /** A viewer that is more segments behind gets the newest snapshot instead. */
    private readonly maxBehind: number,
  ) {}

  get size(): number {
    return this.connections.size;
  }

  /** Starts the tab: from the cursor when what follows it is held, else from a snapshot. */
  attach(connection: Connection, cursor: EveryoneCursor | null): void {
    this.connections.add(connection);
    const { epoch, n: head } = this.frames.head;
    if (!cursor || cursor.epoch < epoch) {
      if (cursor) connection.send({ t: 'reset', tab: 'everyone', reason: 'epoch' });
      this.sendSnapshot(connection);
      return;
    }
    // A cursor from the future means nothing new: it waits until the stream gets there.
    connection.n = cursor.epoch > epoch ? head : cursor.n;
    this.advance(connection);
  }

  detach(connection: Connection): void {
    this.connections.delete(connection);
    connection.n = -1;
  }

  /** The tab comes to the front or goes to the back. */
  show(connection: Connection, shown: boolean): void {
    connection.shown = shown;
    if (shown && connection.n >= 0) this.advance(connection);
  }

  /** A segment has been sealed: everybody who can take it gets it. */
  sealed(): void {
    for (const connection of this.connections) this.advance(connection);
  }

  /** Sends what the socket lacks, as long as it takes it. Called again when it drains. */
  advance(connection: Connection): void {
    if (!connection.shown || connection.n < 0 || !connection.open) return;
    const { n: head } = this.frames.head;
    if (head - connection.n > this.maxBehind || (connection.n < head && connection.n + 1 < this.frames.serveFrom)) {
      if (!connection.congested) this.skip(connection, head);
      return;
    }
    while (connection.n < head && !connection.congested) {
      connection.write(this.frames.segment(connection.n + 1));
      connection.n++;
      connection.segmentsSent++;
    }
  }

  mark(connection: Connection): void {
    if (!connection.shown || connection.n < 0 || connection.congested) return;
    const cursor = { epoch: this.frames.head.epoch, n: connection.n };
    connection.send({ t: 'mark', tab: 'everyone', cursor, count: connection.segmentsSent });
  }

  private skip(connection: Connection, head: number): void {
    const skip: SkipFrame = { t: 'skip', tab: 'everyone', from: connection.n, to: head, missed: head - connection.n };
    connection.send(skip);
    this.sendSnapshot(connection);
  }

  private sendSnapshot(connection: Connection): void {
    connection.write(this.frames.snapshot());
    connection.n = this.frames.head.n;
  }
}
