import { REMOTE_ACCOUNT } from '@groundswell/protocol';
import type { Fault, Value } from '@groundswell/relations';
import { isFields, type Fields } from '../remote/fields.js';
import type { Dialect, Page, Reading } from '../remote/dialect.js';

const STATUSES: ReadonlyMap<unknown, Value> = new Map([
  ['Single', 'single'],
  ['In a relationship', 'in_a_relationship'],
  ['Engaged', 'engaged'],
  ['Married', 'married'],
  ["It's complicated", 'its_complicated'],
  ['In an open relationship', 'open'],
  ['In a civil union', 'civil_union'],
  ['In a domestic partnership', 'domestic_partnership'],
  ['Separated', 'separated'],
  ['Divorced', 'divorced'],
  ['Widowed', 'widowed'],
]);

const TOKEN_CODES = new Set([102, 190, 463, 467]);
const LIMIT_CODES = new Set([4, 17, 32, 341, 613]);
const PASSING_CODES = new Set([1, 2]);

/** The usage is a share of the last hour: there is no time at which it is 0 again. */
const USAGE_MAX_PERCENT = 95;
const USAGE_PAUSE_MS = 300_000;

/** `relationship_status` by `GET /?ids=…`, of an API in the form of the Graph API. */
export const graph: Dialect = {
  name: 'graph',
  batch: 50,
  version: 1,
  id: REMOTE_ACCOUNT.graph,
  scope: () => ({ provider: 'graph' }),
  path: ({ ids, cursor }) => {
    const query = new URLSearchParams({ ids: ids.join(','), fields: 'relationship_status' });
    if (cursor !== undefined) query.set('after', cursor);
    return `/?${query.toString()}`;
  },
  read: ({ body }) => {
    if (!isFields(body)) return { kind: 'hard', reason: 'shape' };
    const { paging, error, ...entries } = body;
    if (error !== undefined) return refused(error) ?? { kind: 'hard', reason: 'rejected' };
    const readings = Object.entries(entries).map(([id, entry]) => [id, reading(id, entry)] as const);
    if (readings.some(([, read]) => read === undefined)) return { kind: 'hard', reason: 'shape' };
    return { readings, ...next(paging) } as Page;
  },
  refusal: (_, body) => (isFields(body) ? refused(body['error']) : undefined),
  usage: (headers, now) => {
    const percent = usedPercent(headers['x-app-usage']);
    return percent >= USAGE_MAX_PERCENT ? { kind: 'pause', until: now + USAGE_PAUSE_MS } : undefined;
  },
  owner: {
    path: '/me?fields=id',
    read: (body) => (isFields(body) && typeof body['id'] === 'string' ? body['id'] : undefined),
  },
};

/** Undefined: not the form of an entry, or the entry of another. */
function reading(id: string, entry: unknown): Reading | undefined {
  if (!isFields(entry) || (entry['id'] !== undefined && entry['id'] !== id)) return undefined;
  const status = entry['relationship_status'];
  // Left out when it is not filled in, and when this token may not see it: nobody can tell which.
  if (status === undefined || status === null) return { kind: 'hidden' };
  const value = STATUSES.get(status);
  return value === undefined ? { kind: 'unknown' } : { kind: 'value', value };
}

function next(paging: unknown): { next?: string } {
  if (!isFields(paging) || (paging['next'] === undefined && !isFields(paging['cursors']))) return {};
  const after = isFields(paging['cursors']) ? paging['cursors']['after'] : undefined;
  // A next page without a cursor is one that we cannot ask for: an empty cursor never gets to the end.
  return { next: typeof after === 'string' ? after : '' };
}

function refused(error: unknown): Fault | undefined {
  const code: unknown = (error as Fields | undefined)?.['code'];
  if (typeof code !== 'number') return undefined;
  if (TOKEN_CODES.has(code)) return { kind: 'auth', reason: 'refused' };
  if (LIMIT_CODES.has(code)) return { kind: 'soft', reason: 'rate_limited' };
  return PASSING_CODES.has(code) ? { kind: 'soft', reason: 'unavailable' } : undefined;
}

/** The highest share that the header names; 0 when there is none to be read. */
function usedPercent(header: string | string[] | undefined): number {
  if (typeof header !== 'string') return 0;
  const shares = header.matchAll(/"(?:call_count|total_time|total_cputime)"\s*:\s*(\d{1,4})/g);
  return Math.max(0, ...[...shares].map(([, share]) => Number(share)));
}
