/** A program that the stack or its tests need, and what installs it on Debian. */
export interface Wanted {
  program: string;
  package: string;
}

export const NATS: Wanted = { program: 'nats-server', package: 'nats-server' };
export const REDIS: Wanted = { program: 'redis-server', package: 'redis-server' };
export const CHROMIUM: Wanted = { program: 'chromium', package: 'chromium' };
