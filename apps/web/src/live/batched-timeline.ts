import { Timeline } from '@groundswell/client';
import type { Entry, FeedEvent } from '@groundswell/client';
import type { AddOp, Tab } from '@groundswell/protocol';

/** One state of a timeline: stays the same object between two notifications. */
export interface TimelineView {
  entries: readonly Entry[];
  /** What is pinned to the top, newest pin first. */
  pinned: readonly AddOp[];
  /** Whether a story or comment is there, or was and has left the list. */
  covers(id: string, seq: number): boolean;
}

/** A timeline that tells of its changes at once when it was quiet, and at most once per `batchMs` when it is busy. */
export class BatchedTimeline {
  readonly #timeline: Timeline;
  readonly #batchMs: number;
  readonly #listeners = new Set<() => void>();
  #view: TimelineView;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = false;

  constructor(tab: Tab, batchMs: number) {
    this.#timeline = new Timeline(tab);
    this.#batchMs = batchMs;
    this.#view = this.#look();
    this.#timeline.subscribe(() => this.#changed());
  }

  take(event: FeedEvent): void {
    this.#timeline.take(event);
  }

  readonly view = (): TimelineView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    if (this.#timer !== undefined) {
      this.#waiting = true;
      return;
    }
    this.#tell();
  }

  #tell(): void {
    this.#waiting = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting) this.#tell();
    }, this.#batchMs);
    this.#view = this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): TimelineView {
    const timeline = this.#timeline;
    return {
      entries: timeline.entries(),
      pinned: timeline.pinned,
      covers: (id, seq) => timeline.has(id) || timeline.seq >= seq,
    };
  }
}
