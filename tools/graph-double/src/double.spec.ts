import { control } from './control.js';
import { Double } from './double.js';
import { FAULT_KINDS } from './fault.js';
import { readFault } from './fault.js';
import type { Spoiled } from './spoil.js';

const ORIGIN = 'http://127.0.0.1:1';
const LEXICON = 'app.bsky.graph.defs';

function made(): Double {
  const double = new Double({ seed: 3 });
  const world = {
    members: [
      { id: '1' },
      { id: '2', status: 'Married', follows: ['1'] },
      { id: '3', status: 'Single', follows: ['1'], hidesFrom: ['1'] },
      { id: '4', state: 'suspended', follows: ['1'] },
      { id: '5' },
    ],
    tokens: { t1: '1', t5: '5' },
  };
  send(double, 'PUT /control/world', world);
  return double;
}

function send(double: Double, command: string, body: unknown = {}) {
  const [method, path] = command.split(' ') as [string, string];
  return control(double, { method, path, body: JSON.stringify(body) });
}

/** Everybody follows everybody. */
function listed(): Double {
  const ids = ['1', '2', '3', 'did:web:a.example', 'did:web:b.example', 'did:web:c.example'];
  const members = ids.map((id) => ({ id, follows: ids.filter((other) => other !== id) }));
  const double = new Double({ seed: 3 });
  send(double, 'PUT /control/world', { members, tokens: { t2: '2' } });
  return double;
}

const shapeOf = ({ answer, text, delivery }: Spoiled) =>
  JSON.stringify([answer.status, answer.headers, text ?? answer.body, delivery]);

const get = (double: Double, path: string, token: string | undefined = 't1') =>
  double.answer(new URL(path, ORIGIN), { token, origin: ORIGIN });

const GRAPH = '/graph/?ids=2,3,4,9&fields=relationship_status';
const BLUESKY = '/bluesky/xrpc/app.bsky.graph.getRelationships?actor=1&others=2&others=3&others=4';
const MASTODON = '/mastodon/api/v1/accounts/relationships?id[]=2&id[]=3&id[]=4';

describe('graph', () => {
  it('leaves out the status that is hidden and the members who are gone', () => {
    expect(get(made(), GRAPH).answer).toMatchObject({
      status: 200,
      body: { 2: { id: '2', relationship_status: 'Married' }, 3: { id: '3' } },
    });
    expect(Object.keys(get(made(), GRAPH).answer.body as object)).toEqual(['2', '3']);
    expect(get(made(), GRAPH, 't5').answer.body).toMatchObject({ 3: { id: '3', relationship_status: 'Single' } });
  });

  it('refuses an unknown token with code 190, and more than 50', () => {
    expect(get(made(), GRAPH, 'other').answer).toMatchObject({ status: 400, body: { error: { code: 190 } } });
    const ids = Array.from({ length: 51 }, (_, index) => index).join(',');
    expect(get(made(), `/graph/?ids=${ids}`).answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });

  it('tells what of the budget is used in percent', () => {
    const double = made();
    send(double, 'PUT /control/settings', { limit: { requests: 2, windowMs: 60_000 } });
    expect(get(double, GRAPH).answer.headers['x-app-usage']).toContain('"call_count":50');
    get(double, GRAPH);
    expect(get(double, GRAPH).answer.body).toMatchObject({ error: { code: 4 } });
  });
});

describe('bluesky', () => {
  it('answers each with a relationship or as not found', () => {
    const record = { $type: `${LEXICON}#relationship` };
    expect(get(made(), BLUESKY, undefined).answer.body).toEqual({
      actor: '1',
      relationships: [
        { ...record, did: '2', followedBy: 'at://2/app.bsky.graph.follow/3kdouble' },
        { ...record, did: '3', blockedBy: 'at://3/app.bsky.graph.block/3kdouble' },
        { $type: `${LEXICON}#notFoundActor`, actor: '4', notFound: true },
      ],
    });
  });

  it('does not know an actor who is not there', () => {
    expect(get(made(), BLUESKY.replace('actor=1', 'actor=9')).answer).toMatchObject({
      status: 400,
      body: { error: 'ActorNotFound' },
    });
  });
});

describe('mastodon', () => {
  it('leaves out suspended accounts', () => {
    const body = get(made(), MASTODON).answer.body as { id: string }[];
    expect(body.map(({ id }) => id)).toEqual(['2', '3']);
    expect(body).toMatchObject([
      { followed_by: true, blocked_by: false },
      { followed_by: false, blocked_by: true },
    ]);
  });

  it('says whose a token is', () => {
    expect(get(made(), '/mastodon/api/v1/accounts/verify_credentials', 't5').answer.body).toMatchObject({ id: '5' });
  });
});

describe('pages', () => {
  it.each([
    ['graph', GRAPH, (body: unknown) => (body as { paging: { cursors: { after: string } } }).paging.cursors.after],
    ['bluesky', BLUESKY, (body: unknown) => (body as { cursor: string }).cursor],
  ])('%s names the next one in its body', (_, path, cursor) => {
    const double = made();
    send(double, 'PUT /control/settings', { pageSize: 2 });
    expect(cursor(get(double, path).answer.body)).toBe('2');
  });

  it('mastodon names the next one in a header', () => {
    const double = made();
    send(double, 'PUT /control/settings', { pageSize: 2 });
    expect(get(double, MASTODON).answer.headers['link']).toContain('max_id=2');
    expect(get(double, `${MASTODON}&max_id=2`).answer.headers['link']).toBeUndefined();
  });
});

describe('faults', () => {
  it.each(FAULT_KINDS)('%s changes one answer and no other', (kind) => {
    for (const path of [GRAPH, BLUESKY, MASTODON]) {
      const double = made();
      const good = get(made(), path);
      double.faults.order(readFault({ kind }));
      const spoiled = get(double, path);
      const told = [spoiled.text ?? JSON.stringify(spoiled.answer.body), spoiled.answer, spoiled.delivery];
      // Numeric keys of an object have one order, whatever was meant.
      const isSame = kind === 'permuted' && path === GRAPH;
      expect(JSON.stringify(told) === JSON.stringify([JSON.stringify(good.answer.body), good.answer, 'whole'])).toBe(
        isSame,
      );
      expect(get(double, path).answer.body).toEqual(good.answer.body);
    }
  });

  it('meet only those they are meant for', () => {
    const double = made();
    double.faults.order(readFault({ kind: 'error_500', api: 'mastodon', viewer: '5' }));
    double.faults.order(readFault({ kind: 'error_500', api: 'mastodon', subject: '77' }));
    expect(get(double, GRAPH, 't5').answer.status).toBe(200);
    expect(get(double, MASTODON, 't1').answer.status).toBe(200);
    expect(get(double, MASTODON, 't5').answer.status).toBe(500);
    expect(get(double, `${MASTODON}&id[]=77`, 't1').answer.status).toBe(500);
  });

  it('meet who a token belongs to only where the path is named', () => {
    const double = made();
    const WHO = '/mastodon/api/v1/accounts/verify_credentials';
    double.faults.order(readFault({ kind: 'error_500' }));
    expect(get(double, WHO).answer.status).toBe(200);
    double.faults.clear();
    double.faults.order(readFault({ kind: 'error_500', path: '/api/v1/accounts/verify_credentials' }));
    expect(get(double, MASTODON).answer.status).toBe(200);
    expect(get(double, WHO).answer.status).toBe(500);
    double.faults.leaveToChance({ share: 1, kinds: ['error_500'] });
    expect(get(double, WHO).answer.status).toBe(200);
  });

  it.each(FAULT_KINDS)('%s changes one list and no other', (kind) => {
    const lists = [
      '/graph/2/friends',
      '/bluesky/xrpc/app.bsky.graph.getFollowers?actor=did:web:a.example',
      '/mastodon/api/v1/accounts/2/followers',
    ];
    for (const path of lists) {
      const double = listed();
      const good = get(listed(), path, 't2');
      double.faults.order(readFault({ kind }));
      expect(shapeOf(get(double, path, 't2'))).not.toBe(shapeOf(good));
      expect(get(double, path, 't2').answer.body).toEqual(good.answer.body);
    }
  });

  it('by chance are the same with the same seed', () => {
    const run = (): number[] => {
      const double = made();
      double.faults.leaveToChance({ share: 0.3, kinds: ['error_500', 'rate_limited'] });
      return Array.from({ length: 50 }, () => get(double, GRAPH).answer.status);
    };
    expect(run()).toEqual(run());
    expect(new Set(run())).toEqual(new Set([200, 429, 500]));
  });
});

describe('control', () => {
  it.each([
    ['POST /control/faults', { kind: 'tired' }, '"kind" is one of rate_limited'],
    ['POST /control/faults', { kind: 'html', api: 'myspace' }, '"api" is one of graph'],
    ['POST /control/faults', { kind: 'html', times: 0 }, '"times" is a whole number'],
    ['PUT /control/world', {}, '"members" is a list'],
    ['PUT /control/settings', { pageSize: 0 }, '"pageSize" is a whole number'],
    ['PUT /control/settings', { limit: { requests: 1 } }, '"limit" is'],
    ['PUT /control/wave', { wave: 1 }, 'There are no waves'],
    ['PUT /control/chance', { share: 2, kinds: [] }, '"share" is 0 to 1'],
    ['PUT /control/world', [], 'The body is a JSON object.'],
    ['PUT /control/following', { follower: '1', followed: '2' }, '{"follower": id'],
    ['PUT /control/following', { follower: '1', followed: '77', follows: true }, 'There is no member 77.'],
    ['PUT /control/status', { id: '2' }, '{"id": id, "status": text'],
  ])('%s %j is refused', (command, body, message) => {
    const answer = send(made(), command, body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(JSON.stringify(message).slice(1, -1));
  });

  it('changes who follows whom, and what is told of one', () => {
    const double = made();
    const told = () => get(double, '/mastodon/api/v1/accounts/relationships?id[]=2').answer.body;
    send(double, 'PUT /control/following', { follower: '2', followed: '1', follows: false });
    expect(told()).toMatchObject([{ followed_by: false }]);
    send(double, 'PUT /control/following', { follower: '2', followed: '1', follows: true });
    expect(told()).toMatchObject([{ followed_by: true }]);
    send(double, 'PUT /control/status', { id: '2', status: 'Engaged' });
    expect(get(double, '/graph/?ids=2').answer.body).toEqual({ 2: { id: '2', relationship_status: 'Engaged' } });
    send(double, 'PUT /control/status', { id: '2', status: null });
    expect(get(double, '/graph/?ids=2').answer.body).toEqual({ 2: { id: '2' } });
  });

  it('keeps what was asked', () => {
    const double = made();
    get(double, MASTODON);
    expect(send(double, 'GET /control/requests').body).toEqual([
      { api: 'mastodon', path: '/api/v1/accounts/relationships', viewer: '1', ids: 3 },
    ]);
    send(double, 'DELETE /control/requests');
    expect(send(double, 'GET /control/requests').body).toEqual([]);
    expect(send(double, 'GET /control/nothing').status).toBe(404);
  });
});
