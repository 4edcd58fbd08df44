import { random } from './random.js';

/** What is happening on the pitch, and so what people write about. */
export type Mood = 'before' | 'kickoff' | 'play' | 'chance' | 'goal' | 'card' | 'break' | 'end';

export interface Moment {
  mood: Mood;
  /** Seconds since the broadcast began. */
  at: number;
  /** Statuses a second that it adds at its peak. */
  peak: number;
  /** Seconds in which that falls to a third. */
  fade: number;
  /** Minute of the match. */
  minute: number;
}

/** Length of one broadcast, seconds; then the next begins. */
export const MATCH_S = 600;
/** Seconds of the broadcast in which the two halves and the break lie. */
const HALVES = [
  { from: 10, to: 270, minute: 1 },
  { from: 320, to: 575, minute: 46 },
];
const QUIET_PER_S = 0.7;
const MAX_PER_S = 10;
const MINUTES = 45;

export interface Match {
  /** Ascending. */
  moments: readonly Moment[];
  /** Expected statuses a second, at most 10. */
  rateAt: (second: number) => number;
  /** The moment that most people have in mind. */
  moodAt: (second: number) => Moment;
}

/** One broadcast of a match: kick-off, chances, goals, cards, a break, the end. Its seed decides all of it. */
export function match(seed: number): Match {
  const { int, chance, pick } = random(seed);
  const moments: Moment[] = [{ mood: 'before', at: 0, peak: 5, fade: 4, minute: 0 }];
  for (const { from, to, minute } of HALVES) {
    moments.push({ mood: 'kickoff', at: from, peak: 7, fade: 7, minute });
    for (let at = from + int(15, 35); at < to - 10; at += int(20, 55)) {
      const mood = chance(0.28) ? 'goal' : pick<Mood>(['chance', 'chance', 'card', 'play']);
      const now = minute + Math.floor(((at - from) / (to - from)) * MINUTES);
      moments.push({ mood, at, ...FORCE[mood], minute: now });
    }
    const last = to === HALVES[1]!.to;
    moments.push({ mood: last ? 'end' : 'break', at: to, peak: last ? 9 : 3, fade: 8, minute: minute + MINUTES - 1 });
  }
  const before = (second: number) => moments.filter(({ at }) => at <= second);
  const force = (moment: Moment, second: number) => moment.peak * Math.exp((moment.at - second) / moment.fade);
  return {
    moments,
    rateAt: (second) =>
      Math.min(
        MAX_PER_S,
        before(second).reduce((sum, moment) => sum + force(moment, second), QUIET_PER_S),
      ),
    moodAt: (second) => {
      const strongest = before(second).toSorted((a, b) => force(b, second) - force(a, second))[0] ?? moments[0]!;
      return force(strongest, second) > 0.3 ? strongest : { ...strongest, mood: calmMood(second) };
    },
  };
}

const FORCE: Record<Mood, { peak: number; fade: number }> = {
  before: { peak: 5, fade: 4 },
  kickoff: { peak: 7, fade: 7 },
  play: { peak: 1.5, fade: 6 },
  chance: { peak: 4, fade: 5 },
  goal: { peak: 10, fade: 9 },
  card: { peak: 3, fade: 5 },
  break: { peak: 3, fade: 8 },
  end: { peak: 9, fade: 8 },
};

function calmMood(second: number): Mood {
  const [first, later] = HALVES as [(typeof HALVES)[number], (typeof HALVES)[number]];
  if (second < first.from) return 'before';
  if (second >= later.to) return 'end';
  return second >= first.to && second < later.from ? 'break' : 'play';
}
