import { REMOTE_ACCOUNT } from '@groundswell/protocol';
import type { Dialect, Page, Reading } from '../remote/dialect.js';
import { isFields, type Fields } from '../remote/fields.js';
import { rateHeaders } from '../http/rate-headers.js';

/** What makes following impossible, or takes it away, is told as nothing to see. */
const BLOCKS = ['blocking', 'blocked_by', 'domain_blocking'] as const;

/** Does the subject still follow the watcher: `GET /api/v1/accounts/relationships` of the server that knows the token. */
export const mastodon: Dialect = {
  name: 'mastodon',
  batch: 80,
  version: 1,
  id: REMOTE_ACCOUNT.mastodon,
  // The limit there is by account: who has used it up does not stop the others.
  scope: (account) => ({ provider: 'mastodon', account }),
  path: ({ ids, cursor }) => {
    const query = new URLSearchParams(ids.map((id) => ['id[]', id]));
    if (cursor !== undefined) query.set('max_id', cursor);
    return `/api/v1/accounts/relationships?${query.toString()}`;
  },
  read: ({ body, headers }) => {
    if (!Array.isArray(body)) return { kind: 'hard', reason: 'shape' };
    const readings = (body as unknown[]).map(entry);
    if (readings.includes(undefined)) return { kind: 'hard', reason: 'shape' };
    return { readings, ...next(headers['link']) } as Page;
  },
  refusal: () => undefined,
  usage: (headers, now) => rateHeaders('x-ratelimit-', headers, now),
  owner: {
    path: '/api/v1/accounts/verify_credentials',
    read: (body) => (isFields(body) && typeof body['id'] === 'string' ? body['id'] : undefined),
  },
};

/** Undefined: it does not say of whom it speaks. */
function entry(item: unknown): readonly [string, Reading] | undefined {
  return isFields(item) && typeof item['id'] === 'string' ? [item['id'], reading(item)] : undefined;
}

function reading(item: Fields): Reading {
  if (BLOCKS.some((block) => item[block] === true)) return { kind: 'hidden' };
  switch (item['followed_by']) {
    case true:
      return { kind: 'value', value: 'follows' };
    case false:
      return { kind: 'value', value: 'follows_not' };
    default:
      return { kind: 'unknown' };
  }
}

/** Only the cursor is taken from the link: where to ask is not for an answer to say. */
function next(header: string | string[] | undefined): { next?: string } {
  const links = [header ?? []].flat().join(',');
  const link = /<([^<>]*)>\s*;[^<]*\brel="?next\b/.exec(links)?.[1];
  return link === undefined ? {} : { next: /[?&]max_id=([^&]+)/.exec(link)?.[1] ?? '' };
}
