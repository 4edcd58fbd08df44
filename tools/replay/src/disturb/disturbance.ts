import type { Stack } from '../drive/stack.js';

/** What a disturbance works with. */
export interface Disturbed {
  stack: Stack;
  event: string;
  /** Connects `count` viewers who have not been there before; resolves when they are in. */
  newcomers: (count: number) => Promise<void>;
  /** Drops the sockets of `count` viewers; they come back by themselves. */
  dropSockets: (count: number) => void;
  /** Aborted when the last post has been sent. */
  posting: AbortSignal;
  say: (sentence: string) => void;
}

/** Something that goes wrong in mid-run. */
export interface Disturbance {
  /** When: shares of the posts, 0 … 1. It happens once at each. */
  at: number[];
  run(disturbed: Disturbed, occasion: number): Promise<void>;
  /** After the run: what shows that it happened; a fault when it did not. */
  check?(): string[];
}
