/** Injection tokens of what has no class of its own. */
export const HEALTH = Symbol('health');
export const CLOCK = Symbol('clock');
export const RELEASE = Symbol('release');
