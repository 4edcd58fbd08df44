/** Injection tokens of what has no class of its own. */
export const HEALTH = Symbol('health');
export const CLOCK = Symbol('clock');
/** Names that orders may be about. */
export const PROVIDERS = Symbol('providers');
export const RELEASE = Symbol('release');
