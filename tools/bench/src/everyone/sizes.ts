import type { Scale } from '../options.js';

/** How big a run of `everyone` is. Seconds are those of feeding, per measurement. */
export interface Sizes {
  /** Viewers of most measurements, and those at 1,000 statuses a second. */
  sockets: number;
  socketsAt1000: number;
  /** From how many on the memory of a viewer is measured. */
  idleFrom: number;
  seconds: number;
  peerSeconds: number;
  peerTries: number;
  /** Each search starts from what the one before has found: a server that has just started does less than a warm one. */
  peerSearches: number;
  /** Turns of each side where ours and a peer are measured by turns: `seconds` of ours in all, `peerSeconds` each of a peer. */
  turns: number;
  quietStatuses: number;
  quietSockets: number;
  slowSockets: number;
  slowRate: number;
  slowSeconds: number;
  /** How often some do not read; all do before, in between and after. */
  slowTurns: number;
  /** Statuses behind the event that a node starts into. */
  bootStatuses: number;
  /** Time for a process to come to rest before its memory is read. */
  restMs: number;
}

export const SIZES: Readonly<Record<Scale, Sizes>> = {
  full: {
    sockets: 10_000,
    socketsAt1000: 2_000,
    idleFrom: 2_000,
    seconds: 40,
    peerSeconds: 6,
    peerTries: 5,
    peerSearches: 2,
    turns: 3,
    quietStatuses: 20,
    quietSockets: 1_000,
    slowSockets: 1_000,
    slowRate: 1_000,
    slowSeconds: 40,
    slowTurns: 2,
    bootStatuses: 1_000_000,
    restMs: 5_000,
  },
  quick: {
    sockets: 1_500,
    socketsAt1000: 1_000,
    idleFrom: 300,
    seconds: 1.5,
    peerSeconds: 0.7,
    peerTries: 1,
    peerSearches: 1,
    turns: 1,
    quietStatuses: 2,
    quietSockets: 300,
    slowSockets: 300,
    slowRate: 140,
    slowSeconds: 1.6,
    slowTurns: 1,
    bootStatuses: 10_000,
    restMs: 400,
  },
  miniature: {
    sockets: 40,
    socketsAt1000: 20,
    idleFrom: 10,
    seconds: 0.3,
    peerSeconds: 0.2,
    peerTries: 1,
    peerSearches: 1,
    turns: 2,
    quietStatuses: 1,
    quietSockets: 10,
    slowSockets: 20,
    slowRate: 140,
    slowSeconds: 0.3,
    slowTurns: 1,
    bootStatuses: 1_000,
    restMs: 0,
  },
};
