import { connectBus, streamInfo, type Bus } from '@groundswell/bus';
import { NOTIFY } from '@groundswell/contracts';
import { connectStore, OWN_NETWORK, overdue, type Store } from '@groundswell/store';
import { eventually, tempDir, tokenMint, useNats, useRedis, type TempDir, type TestServer } from '@groundswell/testing';
import { LEASE_MS } from '../src/schedule/planner.js';
import { startClock, type ClockServer } from './clock-server.js';
import { PostOffice, type Delivered } from './mail-post-office.js';
import { MailTown, type Heard } from './mail-town.js';
import { ProcessPool, type OrderedProcess } from './process-pool.js';
import { redisCommand } from './redis-command.js';
import { untilCalm } from './until-calm.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Letters of a day are out three days later. */
const STRIDE = 3 * 24 * HOUR;
const ACK_WAIT_MS = 500;
const SETTLE_MS = 10 * MINUTE;
const FAR = Number.MAX_SAFE_INTEGER;

/** Less than a clump of letters. */
const MANY = 8;

const ONE_BY_ONE = { SMTP_CONNECTIONS: '1' };

export interface MailTownStage {
  readonly nats: TestServer;
  readonly redis: TestServer;
  readonly bus: Bus;
  readonly store: Store;
  readonly clock: ClockServer;
  readonly office: PostOffice;
  /** Before anybody has published a change. */
  readonly town: MailTown;
  /** What has been delivered in this test. */
  readonly delivered: readonly Delivered[];
  readonly heard: Heard;
  /** The change is published, and its watchers have just become due. */
  change(): Promise<void>;
  /** Lets a process work, with a clock that is so many milliseconds ahead. */
  start(env?: NodeJS.ProcessEnv, aheadMs?: number): Promise<OrderedProcess>;
  /** One that the test kills, and that sends one letter at a time. */
  startToDie(env?: NodeJS.ProcessEnv): Promise<OrderedProcess>;
  /** One that has claimed letters of many, and stands before the last check of each. */
  startHeld(): Promise<{ one: OrderedProcess; claimed: readonly string[] }>;
  /** All have been looked at, and the first letters are due. Less, when the process ends before. */
  untilLetters(one?: OrderedProcess): Promise<void>;
  /** Runs a process, which sends one letter at a time, until it kills itself at a step; gives how it ended. */
  dies(at: string, env?: NodeJS.ProcessEnv): Promise<NodeJS.Signals | null>;
  /** Lets the time go by, from one letter to the next, until none waits, or none that is to come out within an hour. */
  finish(within?: number): Promise<void>;
  /** The queue is empty. */
  idle(): Promise<void>;
}

/** Real servers, a town of members, and real processes that write to them; a new town for each test of a `describe`. */
export function mailTownStage(): MailTownStage {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  const office = new PostOffice();
  let day = 0;
  let before = 0;
  let bus: Bus | undefined;
  let store: Store | undefined;
  let clock: ClockServer | undefined;
  let dir: TempDir | undefined;
  let pool: ProcessPool | undefined;
  let town: MailTown | undefined;

  beforeAll(async () => {
    const { publicKey } = await tokenMint();
    dir = await tempDir();
    await office.open();
    const env = {
      NATS_URL: nats.url,
      REDIS_URL: redis.url,
      TOKEN_PUBLIC_KEY: publicKey,
      ACK_WAIT_MS: String(ACK_WAIT_MS),
      LOOK_EVERY_MS: '10',
      SMTP_URL: office.url,
      MAIL_FROM: 'hello@example.org',
      MAIL_LINK_SECRET: 'a secret of thirty-two characters',
      PAGE_URL: 'https://page.example.org',
      PUBLIC_URL: 'https://api.example.org',
    };
    pool = new ProcessPool(dir.path, env, 2);
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    store = await connectStore({ url: redis.url });
    clock = await startClock(0);
  });
  afterAll(async () => {
    await Promise.all([pool?.stop(), bus?.close(), store?.close(), clock?.stop()]);
    await office.close();
    await dir?.remove();
  });
  beforeEach(async () => {
    await redisCommand(redis.port, 'FLUSHALL');
    // At noon: nobody is asleep.
    clock!.set(Date.UTC(2030, 0, 1, 12) + ++day * STRIDE);
    before = office.delivered.length;
    office.slow.clear();
    town = await MailTown.settle(bus!, store!, clock!.now);
  });
  afterEach(() => pool?.recall());

  const start = (env: NodeJS.ProcessEnv = {}, aheadMs = 0): Promise<OrderedProcess> =>
    pool!.start({ CLOCK_URL: clock!.url(aheadMs), ...env });
  /** End of the queue, when nothing is in it. */
  const emptyAt = async (): Promise<number | undefined> => {
    const { firstSeq, lastSeq } = await streamInfo(bus!, NOTIFY.name);
    return firstSeq > lastSeq ? lastSeq : undefined;
  };
  /** Who waits next, and for when; at a moment at which nobody works on anything. */
  const next = (): Promise<{ count: number; since: number | undefined }> =>
    eventually(
      async () => {
        const end = await emptyAt();
        const waiting = await overdue(store!, 'letter', FAR);
        return end !== undefined && end === (await emptyAt()) ? waiting : undefined;
      },
      { timeoutMs: 15_000, message: 'the queue is empty' },
    );
  const untilLetters = async (one?: OrderedProcess): Promise<void> => {
    await untilCalm(
      clock!,
      async (now) =>
        one?.ended === true || (await overdue(store!, { check: OWN_NETWORK }, now + 2 * LEASE_MS)).count === 0,
    );
    clock!.pass(MINUTE);
  };

  const dies = async (at: string, env: NodeJS.ProcessEnv = {}): Promise<NodeJS.Signals | null> => {
    const one = await start({ ...ONE_BY_ONE, CRASH_AT: at, ...env });
    await untilLetters(one);
    return (await one.exited).signal;
  };

  return {
    nats,
    redis,
    office,
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
    get delivered() {
      return office.delivered.slice(before);
    },
    get heard() {
      return town!.heard(office.delivered.slice(before));
    },
    change: async () => {
      clock!.pass(SETTLE_MS);
      await town!.change(clock!.now);
    },
    start,
    untilLetters,
    startToDie: (env) => start({ ...ONE_BY_ONE, CRASH_AT: 'the word of the test', ...env }),
    dies,
    startHeld: async () => {
      // So that there is a clump of tasks in the queue from the beginning.
      await dies('letter-enqueued:30', { HOLD_AT: 'check' });
      const one = await start({ HOLD_AT: 'check', SMTP_CONNECTIONS: '20' });
      await one.says(/^held/);
      const claimed = await eventually(async () => {
        const all = await town!.claimed();
        return all.length >= MANY ? all : undefined;
      });
      return { one, claimed };
    },
    finish: async (within = FAR) => {
      await untilLetters();
      for (;;) {
        const { count, since = 0 } = await next();
        if (count === 0 || since > clock!.now + within) return;
        // A plan is made once a minute.
        clock!.set(Math.max(clock!.now + MINUTE, since));
      }
    },
    idle: async () => void (await next()),
  };
}
