import type { Scale } from '../options.js';

export interface NotifierSizes {
  /** Watchers who are looked at as fast as it goes: so many that the wait for a slot to begin is a small part of it. */
  watchers: number;
  /** Watchers whose flights are counted, and pairs of theirs that have changed. */
  counted: number;
  changed: number;
  /** Watchers of the naive walk. */
  naive: number;
  /** Members whose memory in Redis is measured. */
  members: number;
}

export const NOTIFIER_SIZES: Readonly<Record<Scale, NotifierSizes>> = {
  full: { watchers: 60_000, counted: 1_000, changed: 50, naive: 1_000, members: 100_000 },
  quick: { watchers: 10_000, counted: 1_000, changed: 50, naive: 200, members: 10_000 },
  miniature: { watchers: 300, counted: 100, changed: 10, naive: 20, members: 500 },
};
