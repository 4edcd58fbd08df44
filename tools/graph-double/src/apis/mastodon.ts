import { json } from '../answer.js';
import type { Dialect } from './dialect.js';
import { followers } from './mastodon/followers.js';
import { refused } from './mastodon/refused.js';
import { relationships } from './mastodon/relationships.js';
import { verifyCredentials } from './mastodon/verify-credentials.js';

/** A Mastodon server. */
export const mastodon: Dialect = {
  routes: [relationships, verifyCredentials, followers],
  unknown: () => json({ error: 'Record not found' }, 404),
  refused,
  tooMany: () => json({ error: 'Too many requests' }, 429),
  limitHeaders: ({ limit, remaining, resetAt }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': new Date(resetAt).toISOString(),
  }),
  stranger: (number) => String(9_000_000_000 + number),
  endless: (answer) => {
    const link = '<https://mastodon.example/api/v1/accounts/relationships?max_id=0>; rel="next"';
    return Array.isArray(answer.body) ? { ...answer, headers: { ...answer.headers, link } } : answer;
  },
  exposed: ['Link', 'X-RateLimit-Reset', 'X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-Request-Id'],
};
