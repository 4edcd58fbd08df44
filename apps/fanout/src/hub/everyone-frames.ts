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
  private newest: { n: number; frame: SharedFrame } | undefined;

  constructor(
    private readonly feed: EventFeed,
    private readonly options: EveryoneFramesOptions,
  ) {}

  get head(): { epoch: number; n: number } {
    const head = this.feed.head;
    return { epoch: head?.epoch ?? this.options.epoch, n: head?.n ?? 0 };
  }

  get serveFrom(): number {
    return this.feed.serveFrom;
  }

  /** The frame of a held segment. */
  segment(n: number): SharedFrame {
    const ready = this.segments.get(n);
    if (ready) return ready;
    const frame = new SharedFrame(this.segmentText(n)!, this.options.compressMin());
    this.segments.set(n, frame);
    return frame;
  }

  /** JSON of a segment; undefined when it is not held. */
  segmentText(n: number): string | undefined {
    const segment = this.feed.segment(n);
    return segment && segmentJson(segment);
  }

  /** JSON of the snapshot as of segment n; undefined when it cannot be made. */
  snapshotText(n: number): string | undefined {
    const snapshot = this.feed.snapshot(n);
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
    if (retracted) this.segments.clear();
    for (const n of this.segments.keys()) {
      if (n >= this.feed.serveFrom) break;
      this.segments.delete(n);
    }
  }
}
