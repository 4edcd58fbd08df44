/** The double over real sockets: what cannot be told from answers alone. */
import { Double } from '../src/double.js';
import { readFault } from '../src/fault.js';
import { serve, type Serving } from '../src/serve.js';

const PATH = '/mastodon/api/v1/accounts/relationships?id[]=2';
const headers = { authorization: 'Bearer t1' };

let double: Double;
let serving: Serving;

beforeEach(async () => {
  double = new Double({ seed: 1 });
  serving = await serve(double, 0);
  await send('PUT', 'world', { members: [{ id: '1' }, { id: '2', follows: ['1'] }], tokens: { t1: '1' } });
});
afterEach(() => serving.stop());

function send(method: string, what: string, body: unknown): Promise<Response> {
  return fetch(`${serving.url}/control/${what}`, { method, body: JSON.stringify(body) });
}

it('answers, and keeps count', async () => {
  const answer = await fetch(serving.url + PATH, { headers });
  expect(await answer.json()).toMatchObject([{ id: '2', followed_by: true }]);
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('2999');
});

it('answers the control API with what is wrong', async () => {
  const answer = await send('POST', 'faults', { kind: 'tired' });
  expect(answer.status).toBe(400);
  expect((await fetch(`${serving.url}/nothing`)).status).toBe(404);
  expect((await fetch(serving.url + PATH, { method: 'POST' })).status).toBe(405);
});

it('ends a connection in the middle', async () => {
  double.faults.order(readFault({ kind: 'cut' }));
  const answer = await fetch(serving.url + PATH, { headers });
  await expect(answer.text()).rejects.toThrow('terminated');
});

it('never answers, and stops all the same', async () => {
  double.faults.order(readFault({ kind: 'hang' }));
  await expect(fetch(serving.url + PATH, { headers, signal: AbortSignal.timeout(100) })).rejects.toThrow('aborted');
  const left = fetch(serving.url + PATH, { headers }).then((answer) => answer.status);
  expect(await left).toBe(200);
});

it('says that a port is in use', async () => {
  await expect(serve(double, Number(new URL(serving.url).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

it('lets scripts of other origins ask with a token, and read errors too', async () => {
  const origin = 'http://127.0.0.1:3000';
  const asked = await fetch(serving.url + PATH, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    },
  });
  expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization']);
  for (const [path, token, status] of [
    [PATH, 't1', 200],
    [PATH, 'other', 401],
    ['/mastodon/api/v1/accounts/1/followers', 't1', 200],
  ] as const) {
    const answer = await fetch(serving.url + path, { headers: { origin, authorization: `Bearer ${token}` } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, '*']);
    expect(answer.headers.get('access-control-expose-headers')).toContain('Link, X-RateLimit-Reset');
  }
});

it('keeps the control API from scripts of other origins', async () => {
  const asked = await fetch(`${serving.url}/control/world`, { method: 'OPTIONS' });
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([404, null]);
});
