import { randomFrom } from '../sources/random.js';

/** One node's death. Times in milliseconds. */
export interface Kill {
  /** Name of the process. */
  node: string;
  /** From the moment when every node is ready. */
  afterMs: number;
  /** Until it is started again. */
  awayMs: number;
}

const NODES = ['fanout-1', 'fanout-2'] as const;
const AFTER_MAX_MS = 1_500;
const AWAY_MAX_MS = 800;

/** Which of two nodes dies when: the same for the same seed. */
export function planKills({ seed, times }: { seed: number; times: number }): Kill[] {
  const random = randomFrom(seed);
  return Array.from({ length: times }, () => ({
    node: NODES[random() < 0.5 ? 0 : 1],
    afterMs: Math.round(random() * AFTER_MAX_MS),
    awayMs: Math.round(random() * AWAY_MAX_MS),
  }));
}
