import { REMOTE_ACCOUNT } from '@groundswell/protocol';
import type { Dialect, Page, Reading } from '../remote/dialect.js';
import { isFields, type Fields } from '../remote/fields.js';
import { rateHeaders } from '../http/rate-headers.js';

const PATH = '/xrpc/app.bsky.graph.getRelationships';
const RELATIONSHIP = 'app.bsky.graph.defs#relationship';
const NOT_FOUND = 'app.bsky.graph.defs#notFoundActor';

/** Between two of whom one blocks the other there is no following, and the reason is nobody's business. */
const BLOCKS = ['blocking', 'blockedBy', 'blockingByList', 'blockedByList'] as const;

/** Does the subject still follow the watcher: `app.bsky.graph.getRelationships`, public. Accounts are DIDs. */
export const bluesky: Dialect = {
  name: 'bluesky',
  batch: 30,
  version: 1,
  id: REMOTE_ACCOUNT.bluesky,
  scope: () => ({ provider: 'bluesky' }),
  path: ({ account, ids, cursor }) => {
    const query = new URLSearchParams([['actor', account], ...ids.map((id) => ['others', id])]);
    if (cursor !== undefined) query.set('cursor', cursor);
    return `${PATH}?${query.toString()}`;
  },
  read: ({ body, account }) => {
    if (!isFields(body) || !Array.isArray(body['relationships'])) return { kind: 'hard', reason: 'shape' };
    if (body['actor'] !== account) return { kind: 'hard', reason: 'foreign' };
    const readings = (body['relationships'] as unknown[]).map(entry);
    if (readings.includes(undefined)) return { kind: 'hard', reason: 'shape' };
    const cursor = body['cursor'];
    return { readings, ...(cursor === undefined ? {} : { next: typeof cursor === 'string' ? cursor : '' }) } as Page;
  },
  refusal: (status, body) =>
    status === 400 && isFields(body) && body['error'] === 'ActorNotFound'
      ? { kind: 'auth', reason: 'no_account' }
      : undefined,
  usage: (headers, now) => rateHeaders('ratelimit-', headers, now),
};

/** Undefined: it does not say of whom it speaks. */
function entry(item: unknown): readonly [string, Reading] | undefined {
  if (!isFields(item)) return undefined;
  const id = item['$type'] === NOT_FOUND ? item['actor'] : item['did'];
  return typeof id === 'string' ? [id, reading(item)] : undefined;
}

function reading(item: Fields): Reading {
  if (item['$type'] === NOT_FOUND) return { kind: 'gone' };
  if (item['$type'] !== RELATIONSHIP) return { kind: 'unknown' };
  if (BLOCKS.some((block) => item[block] !== undefined)) return { kind: 'hidden' };
  const record = item['followedBy'];
  if (record === undefined) return { kind: 'value', value: 'follows_not' };
  const isRecord = typeof record === 'string' && record.startsWith('at://');
  return isRecord ? { kind: 'value', value: 'follows' } : { kind: 'unknown' };
}
