/** Injection tokens of what has no class of its own. */
export const CLOCK = Symbol('clock');
export const LOG = Symbol('log');
export const NODE_ID = Symbol('node id');
export const HEALTH = Symbol('health');
/** Whether an event is known and its room is not open yet. */
export const OPENING = Symbol('opening');
