export { askServer, cacheableMs } from './answer.js';
export type { Answer, Ask } from './answer.js';
export { HONEST } from './fault.js';
export type { Fault } from './fault.js';
export {
  doublesSegments,
  dropsQuery,
  jumbles,
  minTtl,
  refuses,
  renewsForEver,
  repeats,
  servesStaleWhileRevalidating,
  swapsSegments,
  together,
} from './faults.js';
export { HostileCache } from './hostile-cache.js';
export type { CacheOptions } from './hostile-cache.js';
export { later } from './later.js';
export type { LaterOptions } from './later.js';
export { STEP_MS, World } from './world.js';
export type { Inhabitant } from './world.js';
