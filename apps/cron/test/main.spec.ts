import type { Role } from '@groundswell/contracts';
import { eventually, tokenMint, useNats, useRedis, type TokenMint } from '@groundswell/testing';
import { fileURLToPath } from 'node:url';
import { startClock, type ClockServer } from './clock-server.js';
import { startCronProcess, type CronProcess } from './cron-process.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const START = Date.UTC(2030, 0, 1);

describe('the process', () => {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let mint: TokenMint;
  let port = 0;
  let clock: ClockServer;
  let started: CronProcess | undefined;

  beforeAll(async () => {
    mint = await tokenMint();
    clock = await startClock(START);
  });
  afterAll(() => clock.stop());
  afterEach(() => started?.kill());

  const start = async (env: NodeJS.ProcessEnv = {}): Promise<CronProcess> => {
    const servers = { NATS_URL: nats.url, REDIS_URL: redis.url, TOKEN_PUBLIC_KEY: mint.publicKey };
    started = await startCronProcess(MAIN, { NODE_ID: 'cron-1', ...servers, ...env });
    return started;
  };
  const listening = async (env: NodeJS.ProcessEnv = {}): Promise<CronProcess> => {
    const one = await start(env);
    await one.says(/"listening"/);
    port = Number(/"port":(\d+)/.exec(one.output.find((line) => line.includes('"listening"'))!)![1]);
    return one;
  };
  const get = async (path: string): Promise<[status: number, body: unknown]> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return [answer.status, await answer.json()];
  };
  const idle = { calls: 0, clumps: 0, watchers: 0, conflicts: 0, returned: 0, notices: 0, faults: 0, pausedMs: 0 };

  it('says what it does, and stops in order', async () => {
    const one = await listening({ CLOCK_URL: clock.url(), GRAPH_URL: 'http://127.0.0.1:9/graph' });
    expect(await get('/live')).toEqual([200, { live: true }]);
    expect(await get('/ready')).toEqual([
      200,
      {
        ready: true,
        node: 'cron-1',
        bus: { up: true, messages: expect.any(Number), flights: expect.any(Number) },
        store: { up: true, commands: expect.any(Number), flights: expect.any(Number) },
        mail: false,
        providers: [
          { name: 'own', ...idle },
          { name: 'graph', ...idle },
        ],
      },
    ]);
    expect(await one.stop()).toEqual({ code: 0, signal: null });
  });

  it('does what operators order, and tells them what they watch', async () => {
    await listening();
    const call = async (method: string, path: string, { roles, body }: { roles: Role[]; body?: object }) => {
      const token = await mint.mint('olga', { roles });
      const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
      const url = `http://127.0.0.1:${port}/v1/notifier${path}`;
      const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await answer.text();
      return [answer.status, text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>)] as const;
    };
    const roles: Role[] = ['operator'];
    const why = { why: 'their site is down' };
    expect((await call('PUT', '/pauses/own', { roles: ['member'], body: why }))[0]).toBe(403);
    expect((await call('PUT', '/pauses/own', { roles, body: {} }))[0]).toBe(400);
    expect((await call('PUT', '/pauses/nowhere', { roles, body: why }))[0]).toBe(400);
    expect((await call('PUT', '/pauses/own', { roles, body: why }))[0]).toBe(204);
    expect((await call('PUT', '/frozen/own/ben', { roles, body: why }))[0]).toBe(204);
    const ordered = { who: 'olga', ...why, at: expect.any(Number) };
    expect(
      await eventually(async () => ((await call('GET', '/orders', { roles }))[1]!['orders'] as object[]).length === 2),
    ).toBe(true);
    expect((await call('GET', '/orders', { roles }))[1]).toEqual({
      orders: [
        { order: 'pause', provider: 'own', ...ordered },
        { order: 'freeze', provider: 'own', subject: 'ben', ...ordered },
      ],
    });
    expect(await get('/ready')).toMatchObject([200, { providers: [{ name: 'own', pausedMs: 86_400_000 }] }]);
    expect((await call('DELETE', '/pauses/own', { roles }))[0]).toBe(204);
    expect((await call('DELETE', '/frozen/own/ben', { roles }))[0]).toBe(204);
    expect(await call('GET', '/dead', { roles })).toEqual([200, { tasks: [] }]);
    expect((await call('POST', '/dead/7/replay', { roles }))[0]).toBe(404);
    expect((await call('POST', '/dead/x/replay', { roles }))[0]).toBe(400);
    expect((await call('POST', '/runs/mastodon/5/release', { roles }))[0]).toBe(204);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/groundswell_notifier_due_watchers\{provider="own",app="cron",node="cron-1"\} 0/);
    expect(metrics).toContain('process_cpu_seconds_total');
  });

  it('is not ready without Redis, and lives', async () => {
    await listening();
    await redis.kill();
    try {
      expect(await get('/ready')).toMatchObject([503, { ready: false, providers: [{ name: 'own', pausedMs: null }] }]);
      expect(await get('/live')).toEqual([200, { live: true }]);
    } finally {
      await redis.restart();
    }
  });

  it.each([
    [{ CLOCK_URL: 'http://127.0.0.1:1/', NODE_ENV: 'production' }, /CLOCK_URL is for tests/],
    [{ CLOCK_URL: 'http://10.0.0.1/' }, /CLOCK_URL must be http:\/\/127\.0\.0\.1/],
    [{ CLOCK_URL: 'http://127.0.0.1:1/' }, /no clock is driven at http:\/\/127\.0\.0\.1:1\//],
    [{ WATCHER_BREAKER_SHARE: '20', GRAPH_URL: 'graph', SLOT_MS: '5' }, /WATCHER_BREAKER_SHARE .*not be greater/],
  ])('refuses %j', async (env, what) => {
    const one = await start(env);
    expect(await one.exited).toEqual({ code: 1, signal: null });
    expect(one.output.join('\n')).toMatch(what);
    expect(one.output.join('\n')).not.toMatch(/\bat \S+ \(/);
  });

  it('names all faults of its configuration together', async () => {
    const one = await start({ WATCHER_BREAKER_SHARE: '20', GRAPH_URL: 'graph', SLOT_MS: '5', CLOCK_URL: '' });
    await one.exited;
    expect(one.output.filter((line) => /^ {2}[A-Z_]+ must /.test(line))).toHaveLength(3);
  });
});
