import { failed } from './bluesky/failed.js';
import { followers } from './bluesky/followers.js';
import { relationships } from './bluesky/relationships.js';
import { resolveHandle } from './bluesky/resolve-handle.js';
import { isFields, type Dialect } from './dialect.js';

/** A public AppView. */
export const bluesky: Dialect = {
  routes: [relationships, followers, resolveHandle],
  unknown: () => failed('MethodNotImplemented', 'Method Not Implemented', 501),
  refused: () => failed('AuthMissing', 'Authentication Required', 401),
  tooMany: () => failed('RateLimitExceeded', 'Rate Limit Exceeded', 429),
  limitHeaders: ({ limit, remaining, resetAt }) => ({
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'ratelimit-policy': `${limit};w=300`,
  }),
  stranger: (number) => `did:web:stranger-${number}.example`,
  endless: (answer) =>
    isFields(answer.body) && !('error' in answer.body) ? { ...answer, body: { ...answer.body, cursor: '0' } } : answer,
  exposed: ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy'],
};
