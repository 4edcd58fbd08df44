/** The levers that shape what is shown. They travel in the tick, so that every node composes with the same values. */
export interface ContentLevers {
  /** `all`: every public message; `top`: a fair sample under the caps below; `paused`: takedowns and counts only. */
  'everyone.mode': 'all' | 'top' | 'paused';
  /** Shortest time between ticks, milliseconds. */
  'everyone.segment_ms': number;
  'everyone.segment_max_bytes': number;
  /** Stories shown a second, mode *top*. */
  'everyone.rate_per_s': number;
  /** Seconds by which a story must be younger to stand as high as one with e times the engagement. */
  'everyone.hot_tau_s': number;
  /** Stories of one author a minute that have a chance, mode *top*. */
  'everyone.author_cap_per_min': number;
  /** Weight of an author's second story in a minute against the first, and the least weight; mode *top*. */
  'everyone.author_decay': number;
  'everyone.author_floor': number;
  /** Bits of 64 by which two texts may differ and count as one, mode *top*. */
  'everyone.dedupe_hamming': number;
  /** Stories of a snapshot. */
  'page.initial_size': number;
  'comments.enabled': boolean;
  /** Comments shown of one story in one segment, mode *top*. */
  'comments.inline_max': number;
  /** Newest stories shown whose comments are, mode *top*. */
  'comments.checked_stories': number;
  /** Comments shown of one story a second, mode *top*. */
  'comments.per_story_rate': number;
}

/** What a lever is where a tick does not name it: ticks are read for years, and levers are added. */
const UNNAMED: Readonly<ContentLevers> = {
  'everyone.mode': 'all',
  'everyone.segment_ms': 1_000,
  'everyone.segment_max_bytes': 262_144,
  'everyone.rate_per_s': 10,
  'everyone.hot_tau_s': 300,
  'everyone.author_cap_per_min': 4,
  'everyone.author_decay': 0.5,
  'everyone.author_floor': 0.25,
  'everyone.dedupe_hamming': 3,
  'page.initial_size': 30,
  'comments.enabled': true,
  'comments.inline_max': 3,
  'comments.checked_stories': 300,
  'comments.per_story_rate': 2,
};

const MODES: readonly unknown[] = ['all', 'top', 'paused'];

/** The levers of a tick, whoever wrote it: what is missing or makes no sense is what it is where nothing is named. */
export function contentLevers(named: Readonly<Record<string, unknown>>): ContentLevers {
  const usable = Object.entries(UNNAMED).map(([key, unnamed]) => {
    const value = named[key];
    const fits = key === 'everyone.mode' ? MODES.includes(value) : isLike(value, unnamed);
    return [key, fits ? value : unnamed];
  });
  return Object.fromEntries(usable) as ContentLevers;
}

function isLike(value: unknown, unnamed: unknown): boolean {
  if (typeof value !== typeof unnamed) return false;
  return typeof value !== 'number' || (Number.isFinite(value) && value >= 0);
}
