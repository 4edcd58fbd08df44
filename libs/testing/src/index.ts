export { eventually } from './eventually.js';
export type { EventuallyOptions } from './eventually.js';
export { random } from './random.js';
export type { Random } from './random.js';
export { tempDir, useTempDir } from './temp-dir.js';
export type { TempDir } from './temp-dir.js';
export { useNats, useRedis } from './use-server.js';
export type { TestServer } from './use-server.js';
