import { connectBus, type Bus } from '@groundswell/bus';
import { connectStore, type Store } from '@groundswell/store';
import { tempDir, tokenMint, useNats, useRedis, type TempDir, type TestServer } from '@groundswell/testing';
import { startClock, type ClockServer } from './clock-server.js';
import { ProcessPool, type OrderedProcess } from './process-pool.js';
import { redisCommand } from './redis-command.js';
import { EXPECTED, HOUR, Town } from './town.js';
import { untilCalm } from './until-calm.js';

/** A task that nobody ends is handed out again after this time. */
export const ACK_WAIT_MS = 500;

const SETTLE_MS = 10 * 60_000;
const DAY = 24 * HOUR;

export interface TownStage {
  readonly nats: TestServer;
  readonly redis: TestServer;
  readonly bus: Bus;
  readonly store: Store;
  readonly clock: ClockServer;
  /** Before anybody has published a change. */
  readonly town: Town;
  /** The change is published, and its watchers have just become due. */
  change(): Promise<void>;
  /** Lets a process work, with a clock that is so many milliseconds ahead. */
  start(env?: NodeJS.ProcessEnv, aheadMs?: number): Promise<OrderedProcess>;
  /** Runs a process until it kills itself at a step; gives how it ended. */
  dies(at: string): Promise<NodeJS.Signals | null>;
  /** Waits until everybody has been looked at, while minutes pass. */
  calm(): Promise<void>;
  /** What is heard once everybody has been looked at, and then once more. */
  heardTwice(): Promise<Town['heard']>;
}

export const TOLD_ONCE = { told: EXPECTED, ids: EXPECTED.length };

/** Real servers, a town of members, and real processes that look at it; a new town for each test of a `describe`. */
export function townStage(): TownStage {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let day = 0;
  let bus: Bus | undefined;
  let store: Store | undefined;
  let clock: ClockServer | undefined;
  let dir: TempDir | undefined;
  let pool: ProcessPool | undefined;
  let town: Town | undefined;

  const start = (env: NodeJS.ProcessEnv = {}, aheadMs = 0): Promise<OrderedProcess> =>
    pool!.start({ CLOCK_URL: clock!.url(aheadMs), ...env });

  beforeAll(async () => {
    const { publicKey } = await tokenMint();
    dir = await tempDir();
    const env = {
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      TOKEN_PUBLIC_KEY: publicKey,
      ACK_WAIT_MS: String(ACK_WAIT_MS),
      // Tests count clumps, one after the other.
      CLUMPS_AT_ONCE: '1',
      LOOK_EVERY_MS: '20',
    };
    pool = new ProcessPool(dir.path, env, 2);
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    store = await connectStore({ url: redis.url });
    clock = await startClock(0);
  });
  afterAll(async () => {
    await Promise.all([pool?.stop(), bus?.close(), store?.close(), clock?.stop()]);
    await dir?.remove();
  });
  beforeEach(async () => {
    await redisCommand(redis.port, 'FLUSHALL');
    // Ticks have names by the time: each test is on another day.
    clock!.set(Date.UTC(2030, 0, 1) + ++day * DAY);
    town = await Town.settle(bus!, store!, clock!.now);
  });
  afterEach(() => pool?.recall());

  const calm = (): Promise<void> => untilCalm(clock!, (now) => town!.isCalm(now));

  return {
    nats,
    redis,
    get bus() {
      return bus!;
    },
    get store() {
      return store!;
    },
    get clock() {
      return clock!;
    },
    get town() {
      return town!;
    },
    change: async () => {
      await town!.change();
      clock!.pass(SETTLE_MS);
    },
    start,
    calm,
    dies: async (at) => (await (await start({ CRASH_AT: at })).exited).signal,
    heardTwice: async () => {
      await calm();
      await town!.tell();
      clock!.pass(7 * HOUR);
      await calm();
      await town!.tell();
      return town!.heard;
    },
  };
}
