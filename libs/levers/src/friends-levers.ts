import type { Lever } from './lever.js';

/** What Friends costs. */
export const FRIENDS_LEVERS = [
  {
    key: 'friends.max_authors',
    kind: 'count',
    default: 2_000,
    min: 50,
    max: 10_000,
    unit: 'authors',
    trades: 'authors whom a viewer follows (of more, a fixed sample) vs work for each item',
    effect: 'none',
    danger: 'noticed',
  },
  {
    key: 'friends.flush_ms',
    kind: 'count',
    default: 20,
    min: 0,
    max: 1_000,
    unit: 'ms',
    trades: 'delay of items that follow one another vs writes',
    effect: 'none',
    danger: 'noticed',
  },
  {
    key: 'friends.full_poll_every',
    kind: 'count',
    default: 12,
    min: 1,
    max: 120,
    unit: 'polls',
    trades: 'how soon who polls sees what is for friends only vs load',
    effect: 'none',
    danger: 'noticed',
  },
] as const satisfies readonly Lever[];
