export { THRESHOLDS, trips } from './breaker.js';
export type { Tally, Threshold, Thresholds } from './breaker.js';
export { nextCheckAt } from './next-check.js';
export { noticeKey } from './notice-key.js';
export type { PairName } from './notice-key.js';
export type { NoValue, Observation, SeenValue } from './observation.js';
export { differs, observe } from './observe.js';
export type { Change, Look, Outcome, Step } from './observe.js';
export { decodePair, encodePair, PairUnreadable } from './pair-codec.js';
export { NEW_PAIR, seenAt } from './pair.js';
export type {
  ActivePair,
  AuthPaused,
  Confirming,
  Flapping,
  Gone,
  Hidden,
  Known,
  New,
  Pair,
  Settling,
  Sighting,
  Stable,
  Unknown,
} from './pair.js';
export type {
  Ask,
  AuthReason,
  Credential,
  Fault,
  HardReason,
  Provider,
  Reply,
  SoftReason,
  StopSignal,
} from './provider.js';
export { RULES } from './rules.js';
export type { Rules } from './rules.js';
export { isStatus, VALUES } from './values.js';
export type { Value } from './values.js';
