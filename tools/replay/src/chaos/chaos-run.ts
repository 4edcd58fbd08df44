import type { Plan } from '../plan/plan.js';

/** What every kind of run needs. */
export interface ChaosRun {
  plan: Plan;
  seed: number;
  times: number;
  /** Posts a second, on average. */
  rate: number;
  /** Shortest time between two segments, milliseconds. */
  segmentMs: number;
  /** The repository, and a folder for the stack's data. */
  root: string;
  data: string;
  /** Something that happened, for people to read. */
  say: (sentence: string) => void;
  /** How it stands, made only when it is shown. */
  show: (line: () => string) => void;
}

/** What a run showed. */
export interface ChaosVerdict {
  /** Whether everything is as it had to be. */
  exact: boolean;
  /** What happened, in one sentence. */
  sentence: string;
  /** What is wrong, a sentence each. */
  faults: readonly string[];
}

/** How many times faster than its clock a plan is posted, for so many posts a second on average. */
export function speedFor({ posts }: Plan, rate: number): number {
  const seconds = Math.max(1, posts.at(-1)?.at ?? 0) / 1000;
  return (rate * seconds) / posts.length;
}
