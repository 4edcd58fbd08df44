import type { Plan } from '../plan/plan.js';
import type { Accepted } from '../verdict/expectation.js';

/** What a process full of clients is told, and what it answers. */
export interface Orders {
  /** Connect clients, all through one address. Answers when they have begun. */
  join: { order: { url: string; event: string; members: { id: string; token: string }[] }; answer: object };
  /** The network is about to be cut: times of arrival are forgotten. */
  cut: { order: object; answer: object };
  /** When did each client stand at segment `n`? */
  arrivals: { order: { n: number }; answer: Arrivals };
  /** Everything is posted: wait until everybody has it all, then judge. */
  judge: { order: JudgeOrder; answer: CrowdReport };
}

export type OrderName = keyof Orders;

export interface Arrivals {
  /** Milliseconds since 1970, of the clients that are there. */
  at: number[];
  /** Clients that are not there yet. */
  missing: number;
  /** Times that clients have waited for another try, since the beginning. */
  waits: number;
}

export interface JudgeOrder {
  plan: Pick<Plan, 'edges' | 'posts'>;
  accepted: Accepted[];
  /** The segment that holds the last of them, or a later one. */
  end: number;
  /** Longest time for the last items, milliseconds. */
  settleMs: number;
}

export interface CrowdReport {
  /** Clients that got exactly what they had to. */
  exact: number;
  /** Items due to all of them in both tabs, and those that came. */
  due: number;
  delivered: number;
  reconnects: number;
  faults: string[];
}

/** One order on its way, and its answer. */
export interface OrderMessage {
  number: number;
  name: OrderName;
  order: unknown;
}

export type AnswerMessage = { number: number; answer: unknown } | { number: number; error: string };
