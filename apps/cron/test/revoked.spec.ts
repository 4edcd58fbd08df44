import { connectBus, ensureStreams, type Bus } from '@groundswell/bus';
import { SOCIAL } from '@groundswell/contracts';
import { decodePair, type Pair } from '@groundswell/relations';
import {
  applySlices,
  connectStore,
  overdue,
  PARTITIONS,
  privateOps,
  readOutbox,
  readPairs,
  type RoutedOp,
  type Store,
} from '@groundswell/store';
import { eventually, tempDir, tokenMint, useNats, useRedis, type TempDir } from '@groundswell/testing';
import { jest } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LEASE_MS } from '../src/schedule/planner.js';
import { startClock, type ClockServer } from './clock-server.js';
import { startDouble, type DoubleProcess } from './double-process.js';
import { ProcessPool } from './process-pool.js';
import { untilCalm } from './until-calm.js';

jest.setTimeout(30_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WATCHERS = Array.from({ length: 20 }, (_, i) => String(1_000 + i));
const SUBJECTS = Array.from({ length: 10 }, (_, i) => String(1 + i));
const MARRIED = SUBJECTS.slice(0, 5);
const REVOKED = WATCHERS.slice(0, 10);

describe('permissions taken back in the middle of a run', () => {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let dir: TempDir;
  let bus: Bus;
  let store: Store;
  let clock: ClockServer;
  let double: DoubleProcess;
  let pool: ProcessPool;

  beforeAll(async () => {
    dir = await tempDir();
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    store = await connectStore({ url: redis.url });
    clock = await startClock(Date.UTC(2030, 0, 1));
    double = await startDouble();
    const { publicKey } = await tokenMint();
    const credentials = join(dir.path, 'credentials.json');
    const env = {
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      TOKEN_PUBLIC_KEY: publicKey,
      CLOCK_URL: clock.url(),
      ACK_WAIT_MS: '500',
      LOOK_EVERY_MS: '20',
      GRAPH_URL: `${double.url}/graph`,
      CREDENTIALS_FILE: credentials,
    };
    const of = (account: string) => [account, { account, token: `token-${account}` }] as const;
    await writeFile(credentials, JSON.stringify(Object.fromEntries(WATCHERS.map(of))));
    pool = new ProcessPool(dir.path, env, 2);
  });
  afterAll(async () => {
    await Promise.all([pool.stop(), double.stop(), clock.stop(), bus.close(), store.close()]);
    await dir.remove();
  });

  const world = (married: readonly string[], revoked: readonly string[] = []) => {
    const members = SUBJECTS.map((id) => ({ id, status: married.includes(id) ? 'Married' : 'Single' }));
    const allowed = WATCHERS.filter((id) => !revoked.includes(id));
    return double.control('PUT world', {
      members: [...WATCHERS.map((id) => ({ id })), ...members],
      tokens: Object.fromEntries(allowed.map((id) => [`token-${id}`, id])),
    });
  };
  const watch = async (): Promise<void> => {
    await ensureStreams(bus, [SOCIAL]);
    const ops = WATCHERS.flatMap((member) =>
      SUBJECTS.flatMap((subject): RoutedOp[] =>
        privateOps({
          kind: 'watch',
          seq: 1,
          member,
          at: clock.now,
          content: { provider: 'graph', subject, on: true },
        }),
      ),
    );
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from: 0,
      to: 1,
      ops: ops.flatMap((routed) => (routed.partition === partition ? [routed.op] : [])),
    }));
    await applySlices(store, { log: 'SOCIAL', created: 1, slices });
  };
  /** Nobody is due, and nobody is leased. */
  const settled = (): Promise<void> =>
    untilCalm(clock, async (now) => (await overdue(store, { check: 'graph' }, now + LEASE_MS)).count === 0);
  const states = async (): Promise<Pair['state'][]> => {
    const pairs = await readPairs(store, 'graph', WATCHERS);
    return [...new Set(pairs.flatMap((of) => MARRIED.map((subject) => decodePair(of.get(subject)!).state)))];
  };
  const told = async (): Promise<string[]> => {
    const outboxes = await readOutbox(store, WATCHERS);
    return outboxes.flatMap((notices, i) =>
      notices.map(({ json }) => `${WATCHERS[i]} ${(JSON.parse(json) as { subject: string }).subject}`),
    );
  };
  const expected = (watchers: readonly string[]): string[] =>
    watchers.flatMap((watcher) => MARRIED.map((subject) => `${watcher} ${subject}`)).sort();

  it('keep what is known until they are given again, whoever dies meanwhile', async () => {
    await world([]);
    await watch();
    await pool.start({});
    await settled();
    await world(MARRIED);
    clock.pass(6 * HOUR);
    await eventually(async () => (await states()).join() === 'confirming');
    await pool.recall();

    await world(MARRIED, REVOKED);
    clock.pass(LEASE_MS);
    const victim = await pool.start({ CRASH_AT: 'observed' });
    expect((await victim.exited).signal).toBe('SIGKILL');
    await pool.start({});
    await settled();
    expect((await told()).sort()).toEqual(expected(WATCHERS.slice(REVOKED.length)));

    await world(MARRIED);
    clock.pass(7 * HOUR);
    await settled();
    clock.pass(7 * HOUR);
    await settled();
    expect((await told()).sort()).toEqual(expected(WATCHERS));
  });
});
