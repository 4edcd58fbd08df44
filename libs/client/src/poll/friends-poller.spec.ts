import { encodeAuthors, formatCursor, paths } from '@groundswell/protocol';
import type { FriendsCursor, HeadBody } from '@groundswell/protocol';
import { EPOCH, friendsSnap, item } from '../../test/model-ops.js';
import { ManualTimers, microtasks } from '../../test/manual-timers.js';
import type { HttpAnswer, HttpRequest } from '../commands/http.js';
import type { CarriedFriendsFrame } from '../engine/sink.js';
import { FriendsPoller } from './friends-poller.js';
import { FriendsReader } from './friends-reader.js';
import { PageReader } from './page-reader.js';

/** A server on paper: who wrote in each segment, and what there is for the viewer, by position. */
function rig() {
  const authors = new Map<number, string[]>();
  const items: number[] = [];
  const requests: string[] = [];
  const server = { seq: 0, friends: ['ada'], fail: new Set<string>(), full: 100, hidden: [] as string[] };
  const timers = new ManualTimers();
  const filterOf = (first: number, last: number, k: number) => {
    const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => authors.get(first + i) ?? []).flat();
    return Buffer.from(encodeAuthors(all, k)).toString('base64');
  };
  const poll = (query: URLSearchParams): HttpAnswer => {
    const now: FriendsCursor = { epoch: EPOCH, seq: server.seq };
    const version = `of ${server.hidden.join(' & ')}`;
    const hide = query.get('hide') === version ? {} : { hide: { version, authors: server.hidden } };
    if (!query.has('after')) return answer(200, { ...friendsSnap(server.seq), ...hide });
    const after = Number(query.get('after')!.split('.')[1]);
    const found = items.filter((seq) => seq > after).slice(0, server.full);
    if (found.length === 0 && !hide.hide) return answer(204, undefined, { 'Groundswell-Cursor': formatCursor(now) });
    const more = found.length === server.full;
    const next = more ? { epoch: EPOCH, seq: found.at(-1)! } : now;
    return answer(200, { t: 'items', items: found.map((seq) => item(seq)), next, more, pollMs: 5_000, ...hide });
  };
  const fetch = async (url: string, { headers }: HttpRequest): Promise<HttpAnswer> => {
    const [path = '', query = ''] = url.split('?');
    const [, k] = /authors\/(\d+)$/.exec(path) ?? [];
    const what = k === undefined ? (path === paths.friends() ? 'friends' : 'poll') : `authors ${k}`;
    requests.push(headers['authorization'] === undefined ? what : `${what} as ${headers['authorization']}`);
    await Promise.resolve();
    if (server.fail.has(what)) return answer(503);
    if (what === 'friends') return answer(200, { friends: server.friends.map((id) => ({ id, name: id })) });
    if (k === undefined) return poll(new URLSearchParams(query));
    const group = Number(k);
    return answer(200, { t: 'authors', epoch: EPOCH, k: group, filter: filterOf(group * 8 + 1, group * 8 + 8, group) });
  };
  const told: string[] = [];
  const hidden: string[] = [];
  const sink = {
    cursor: null as FriendsCursor | null,
    take(frame: CarriedFriendsFrame): void {
      if (frame.t === 'snap' || frame.t === 'examined') sink.cursor = frame.cursor;
      if (frame.t === 'item') sink.cursor = { epoch: EPOCH, seq: frame.seq };
      if (frame.t === 'reset') sink.cursor = null;
      if (frame.t === 'hide') hidden.push(frame.authors.join());
      else told.push(frame.t === 'item' ? `item ${frame.seq}` : frame.t);
    },
  };
  const options = { baseUrl: '', event: 'final', fetch, timers };
  const poller = new FriendsPoller({
    pages: new PageReader(options),
    reader: new FriendsReader({ ...options, token: () => 'vera' }),
    sink,
  });
  const head = async (n: number, fields: Partial<HeadBody> = {}) => {
    const k = Math.floor(n / 8);
    const filter = filterOf(k * 8 + 1, n, k);
    await poller.follow({ epoch: EPOCH, n, filter, ...fields } as HeadBody);
    return requests.splice(0).map((request) => request.replace(' as Bearer vera', ''));
  };
  /** A public status at a position, in a segment. */
  const status = (author: string, n: number, seq: number) => {
    authors.set(n, [...(authors.get(n) ?? []), author]);
    server.seq = seq;
    if (server.friends.includes(author)) items.push(seq);
  };
  return { server, items, requests, told, hidden, sink, poller, timers, head, status };
}

function answer(status: number, body?: object, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { get: (name) => headers[name] ?? null },
    text: () => Promise.resolve(JSON.stringify(body)),
  };
}

describe('FriendsPoller', () => {
  it('F1: starts from a snapshot, with the token', async () => {
    const { head, told, poller, requests, sink } = rig();
    await poller.follow({ epoch: EPOCH, n: 3 } as HeadBody);
    expect(requests.splice(0)).toEqual(['friends as Bearer vera', 'poll as Bearer vera']);
    expect([told, sink.cursor]).toEqual([['snap'], { epoch: EPOCH, seq: 0 }]);
    expect(await head(3)).toEqual([]);
  });

  it('F2: asks the origin when a friend wrote, and not when others did', async () => {
    const { head, status, told } = rig();
    await head(2);
    status('stranger', 3, 30);
    expect(await head(3)).toEqual([]);
    status('ada', 4, 40);
    status('stranger', 5, 50);
    expect(await head(5)).toEqual(['poll']);
    expect(told).toEqual(['snap', 'item 40', 'examined']);
    expect(await head(5)).toEqual([]);
  });

  it('F2: asks the filters of whole groups that it has passed', async () => {
    const { head, status, told } = rig();
    await head(6);
    status('stranger', 7, 70);
    expect(await head(18)).toEqual(['authors 0', 'authors 1']);
    status('ada', 20, 200);
    expect(await head(26)).toEqual(['authors 2', 'poll']);
    expect(told.slice(1)).toEqual(['item 200', 'examined']);
    expect(await head(32)).toEqual(['authors 3']);
  });

  it('asks the origin when a filter is missing, broken or too far behind', async () => {
    const { head, server } = rig();
    await head(8);
    expect(await head(9, { filter: undefined as unknown as string })).toEqual(['poll']);
    expect(await head(10, { filter: '????' })).toEqual(['poll']);
    server.fail.add('authors 1');
    expect(await head(16)).toEqual(['authors 1', 'poll']);
    expect(await head(16 + 9 * 8)).toEqual(['poll']);
  });

  it('F2: asks in full now and then, for what is in no filter', async () => {
    const { head, items, server, told } = rig();
    await head(1, { fullPollEvery: 3 });
    items.push(15);
    server.seq = 20;
    expect(await head(2, { fullPollEvery: 3 })).toEqual([]);
    expect(await head(3, { fullPollEvery: 3 })).toEqual([]);
    expect(await head(4, { fullPollEvery: 3 })).toEqual(['poll']);
    expect(told).toContain('item 15');
    const rounds = [];
    for (let n = 5; n < 17; n++) rounds.push(...(await head(n, { fullPollEvery: 3 })));
    expect(rounds.filter((request) => request === 'poll')).toHaveLength(4);
    // The list of friends comes with every fifth.
    expect(rounds.filter((request) => request === 'friends')).toHaveLength(1);
  });

  it('keeps asking until it was answered, from the same cursor', async () => {
    const { head, status, server, told } = rig();
    await head(2);
    status('ada', 3, 30);
    server.fail.add('poll');
    expect([await head(3), await head(4)]).toEqual([['poll'], ['poll']]);
    server.fail.clear();
    expect(await head(5)).toEqual(['poll']);
    expect(told).toEqual(['snap', 'item 30', 'examined']);
  });

  it('follows a full answer at once', async () => {
    const { head, status, server, told } = rig();
    await head(1);
    server.full = 2;
    for (const seq of [21, 22, 23]) status('ada', 2, seq);
    expect(await head(2)).toEqual(['poll', 'poll']);
    expect(told.filter((line) => line.startsWith('item'))).toEqual(['item 21', 'item 22', 'item 23']);
  });

  it('N3: starts again in another epoch', async () => {
    const { head } = rig();
    await head(5);
    expect(await head(1, { epoch: EPOCH + 1 })).toEqual(['poll']);
  });

  it('W9: tells whom to hide when that has changed, with the next full poll at the latest', async () => {
    const { head, hidden, server, poller } = rig();
    server.hidden = ['mallory & co'];
    await head(1, { fullPollEvery: 2 });
    expect(hidden).toEqual(['mallory & co']);
    server.hidden = [];
    expect(await head(2, { fullPollEvery: 2 })).toEqual([]);
    expect(await head(3, { fullPollEvery: 2 })).toEqual(['poll']);
    expect(hidden).toEqual(['mallory & co', '']);
    await head(5, { fullPollEvery: 1 });
    expect(hidden).toHaveLength(2);
    // A socket has said otherwise since: what was brought before is not what is in force.
    poller.forgetHidden();
    await head(6, { fullPollEvery: 1 });
    expect(hidden).toEqual(['mallory & co', '', '']);
  });

  it('W9: leaves a list that a socket has overtaken', async () => {
    const { hidden, server, poller, head } = rig();
    server.hidden = ['old'];
    const asked = poller.follow({ epoch: EPOCH, n: 1 } as HeadBody);
    await microtasks();
    await Promise.resolve();
    poller.forgetHidden();
    await asked;
    expect(hidden).toEqual([]);
    await head(2, { fullPollEvery: 1 });
    expect(hidden).toEqual(['old']);
  });

  it('is one poll at a time', async () => {
    const { poller, requests } = rig();
    const first = poller.follow({ epoch: EPOCH, n: 1 } as HeadBody);
    await poller.follow({ epoch: EPOCH, n: 1 } as HeadBody);
    expect(requests).toHaveLength(1);
    await first;
    await microtasks();
    expect(requests).toHaveLength(2);
  });

  it('takes silence for no answer', async () => {
    const timers = new ManualTimers();
    const reader = new FriendsReader({
      baseUrl: '',
      event: 'final',
      fetch: () => new Promise(() => undefined),
      timers,
      token: () => 'vera',
    });
    const asked = reader.after(null, '');
    timers.advance(10_000);
    expect(await asked).toEqual({ t: 'none' });
    const signedOut = new FriendsReader({
      baseUrl: '',
      event: 'final',
      fetch: async () => answer(200, {}),
      timers,
      token: () => undefined,
    });
    expect([await signedOut.after(null, ''), await signedOut.friends()]).toEqual([{ t: 'none' }, undefined]);
  });
});
