import type { EventFeed } from '@groundswell/feed';
import { segmentJson, snapshotJson } from '@groundswell/render';
import { SharedFrame } from './shared-frame.js';

export interface EveryoneFramesOptions {
  /** Epoch until a tick names one. */
  epoch: number;
  /** Bytes below which a frame is not compressed. */
  compressMin: () => number;
}

/** The bytes of Everyone: each segment and snapshot is encoded, framed and compressed once on a node, on first use. */
export class EveryoneFrames {
  private readonly segments = new Map<number, SharedFrame>();
  /** The epoch of the last tick, and the first segment of it. */
  private lastEpoch: number | undefined;
  private epochFrom = 1;
  private newest: { n: number; frame: SharedFrame } | undefined;

  constructor(
    private readonly feed: EventFeed,
    private readonly options: EveryoneFramesOptions,
  ) {}

  get head(): { epoch: number; n: number } {
    const head = this.feed.head;
    return { epoch: head?.epoch ?? this.options.epoch, n: head?.n ?? 0 };
  }

  /** First segment that is served: of those held, the ones of the epoch in force. Who reads it starts from its snapshot. */
  get serveFrom(): number {
    return Math.max(this.feed.serveFrom, this.epochFrom);
  }

  /** The frame of a held segment. */
  segment(n: number): SharedFrame {
    const ready = this.segments.get(n);
    if (ready) return ready;
    const frame = new SharedFrame(this.segmentText(n)!, this.options.compressMin());
    this.segments.set(n, frame);
    return frame;
  }

  /** JSON of a segment; undefined when it is not served. */
  segmentText(n: number): string | undefined {
    const segment = n < this.serveFrom ? undefined : this.feed.segment(n);
    return segment && segmentJson(segment);
  }

  /** JSON of the snapshot as of segment n; undefined when it cannot be made. */
  snapshotText(n: number): string | undefined {
    const snapshot = n < this.epochFrom && n !== this.head.n ? undefined : this.feed.snapshot(n);
    return snapshot && snapshotJson('everyone', { epoch: this.head.epoch, n }, snapshot);
  }

  /** The frame of the newest snapshot. */
  snapshot(): SharedFrame {
    const { n } = this.head;
    if (this.newest?.n !== n)
      this.newest = { n, frame: new SharedFrame(this.snapshotText(n)!, this.options.compressMin()) };
    return this.newest.frame;
  }

  /** After a tick: forgets what is no longer held, and, when a retraction came with it, everything encoded. */
  sealed({ retracted }: { retracted: boolean }): void {
    this.newest = undefined;
    const { epoch, n: head } = this.head;
    if (epoch !== this.lastEpoch) this.epochFrom = head;
    this.lastEpoch = epoch;
    if (retracted) this.segments.clear();
    for (const n of this.segments.keys()) {
      if (n >= this.serveFrom) break;
      this.segments.delete(n);
    }
  }
}
