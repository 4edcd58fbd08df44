import type { Task } from '@groundswell/bus';
import { readCheckTask } from '@groundswell/contracts';
import { jest } from '@jest/globals';
import type { Thresholds } from '@groundswell/relations';
import { makeDue, overdue, quarantinedRuns, releaseRun } from '@groundswell/store';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LEASE_MS } from '../src/schedule/planner.js';
import { MINUTE, Rounds } from './rounds.js';

const HOUR = 60;
const WATCHERS = 500;
const EACH = 10;
const SUBJECTS = 1_000;
const CHANGED = 200;

const OPEN: Thresholds = { watcher: { share: 1, atLeast: 1 }, provider: { share: 1, atLeast: 1 } };
const EVERYBODY = { watchers: WATCHERS, conflicts: 0, returned: 0, notices: 0, faults: 0 };

const subjectsOf = Array.from({ length: SUBJECTS }, (_, i) => `s${i}`);
const changed = new Set(subjectsOf.slice(0, CHANGED));
let test = 0;

/** Members of this test, each of whom watches ten of a thousand. */
function members() {
  const watchers = Array.from({ length: WATCHERS }, (_, i) => `t${test}-${i}`);
  const watching = watchers.flatMap((watcher, i) =>
    Array.from({ length: EACH }, (_, k) => [watcher, subjectsOf[(i * 7 + k * 101) % SUBJECTS]!] as const),
  );
  const due = watching.flatMap(([watcher, subject]) =>
    changed.has(subject) ? [`${watcher} ${subject} single engaged`] : [],
  );
  return { watchers, watching, due: due.sort() };
}

jest.setTimeout(30_000);

describe('checks', () => {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let rounds: Rounds;
  let cast: ReturnType<typeof members>;
  const given = new AbortController().signal;

  const start = (thresholds = OPEN) => Rounds.start({ nats: nats.url, redis: redis.url, thresholds });
  const all = (value: 'single' | 'engaged', of: Iterable<string>): void => {
    for (const subject of of) rounds.provider.values.set(subject, value);
  };
  const seat = async (thresholds = OPEN): Promise<void> => {
    test++;
    cast = members();
    rounds = await start(thresholds);
    all('single', subjectsOf);
    await rounds.watch(cast.watching);
  };
  /** The server comes back without anything that was in it. */
  const loseQueue = async (): Promise<void> => {
    await nats.kill();
    await rm(join(nats.dir, 'jetstream'), { recursive: true });
    await nats.restart();
    await eventually(() => rounds.bus.up);
  };
  const notices = () => rounds.notices(cast.watchers);
  const watcherOf = ({ data }: Task): string => readCheckTask(data)!.watcher;
  /** Whoever is leased is due again, and leased once more. */
  const leaseAnew = async (watchers: readonly string[]): Promise<void> => {
    await makeDue(rounds.store, { check: rounds.provider.name }, watchers, rounds.now);
    expect(await rounds.tick()).toBe(watchers.length);
  };
  /** Watchers who are due before a lease that begins now ends. */
  const waiting = async (): Promise<number> =>
    (await overdue(rounds.store, { check: rounds.provider.name }, rounds.now + LEASE_MS)).count;

  afterEach(() => rounds.stop());

  it('tell every watcher of every change once, and nobody of anything else', async () => {
    await seat();
    expect(await rounds.round()).toEqual(EVERYBODY);
    all('engaged', changed);
    expect(await rounds.round(6 * HOUR)).toEqual(EVERYBODY);
    expect(await rounds.round(15)).toMatchObject({ notices: cast.due.length });
    expect(cast.due.length).toBeGreaterThan(500);
    expect(await notices()).toEqual(cast.due);
    expect(await rounds.round(6 * HOUR)).toEqual(EVERYBODY);
    expect(await notices()).toEqual(cast.due);
  });

  it('look at those again soon whose friends have changed, and at the others at the usual time', async () => {
    await seat();
    await rounds.round();
    const few = new Set(subjectsOf.slice(0, 20));
    all('engaged', few);
    await rounds.round(6 * HOUR);
    const concerned = new Set(cast.watching.flatMap(([watcher, subject]) => (few.has(subject) ? watcher : [])));
    expect(await rounds.round(15)).toMatchObject({ watchers: concerned.size });
    expect(concerned.size).toBeLessThan(WATCHERS / 2);
  });

  it('tell nobody of a subject that an operator has frozen, and what happened once it is let go', async () => {
    await seat();
    await rounds.round();
    for (const subject of changed) rounds.frozen.add(subject);
    all('engaged', changed);
    for (const minutes of [6 * HOUR, 15, 6 * HOUR]) await rounds.round(minutes);
    expect(await notices()).toEqual([]);
    rounds.frozen.clear();
    await rounds.round(6 * HOUR);
    await rounds.round(15);
    expect(await notices()).toEqual(cast.due);
  });

  it('make one plan of a tick, however many replicas ask for it', async () => {
    await seat();
    expect(await rounds.tick(3)).toBe(WATCHERS);
    expect(await rounds.work()).toEqual(EVERYBODY);
  });

  it('ask the provider once for a clump of a hundred', async () => {
    await seat();
    await rounds.round();
    expect(rounds.provider.looks).toBe(WATCHERS / 100);
  });

  describe('whatever goes wrong', () => {
    /** The round in which all changes are certain, with something that goes wrong in it; then what heals it. */
    const certain = async (wrong: () => Promise<void>): Promise<void> => {
      await seat();
      await rounds.round();
      all('engaged', changed);
      await rounds.round(6 * HOUR);
      rounds.now += 15 * MINUTE;
      await wrong();
      await rounds.work();
      expect(await notices()).toEqual(cast.due);
      await rounds.round(6 * HOUR);
      await rounds.round(15);
      expect(await notices()).toEqual(cast.due);
    };

    it('heal a plan that was broken off after the lease', () =>
      certain(async () => {
        const tasks = await rounds.lease();
        expect(tasks.length).toBeGreaterThan(0);
        expect(await rounds.tick()).toBe(0);
        rounds.now += 15 * MINUTE;
        expect(await rounds.tick()).toBe(tasks.length);
      }));

    it('heal the loss of the whole queue', () =>
      certain(async () => {
        await rounds.tick();
        await loseQueue();
        expect((await rounds.work()).watchers).toBe(0);
        rounds.now += 15 * MINUTE;
        await rounds.tick();
      }));

    it('hand out again what a worker took with it', () =>
      certain(async () => {
        await rounds.tick();
        const lost = await rounds.take();
        expect(lost.length).toBeGreaterThan(50);
        await rounds.work();
        const again = await rounds.takeAgain();
        expect(again.every(({ deliveries }) => deliveries === 2)).toBe(true);
        await rounds.worker.work(again, given);
      }));

    it('tell nothing twice when a worker dies between writing and acknowledging', () =>
      certain(async () => {
        await rounds.tick();
        const tasks = await rounds.take();
        const first = await rounds.worker.work(
          tasks.map((task) => ({ ...task, done: () => undefined })),
          given,
        );
        expect(first.notices).toBeGreaterThan(0);
        const handed = await rounds.takeAgain();
        rounds.now += 1;
        const again = await rounds.worker.work(handed, given);
        expect(again.watchers).toBeGreaterThan(0);
      }));

    it('tell nothing twice when two workers have the same watchers at once', () =>
      certain(async () => {
        await rounds.tick();
        const tasks = await rounds.take();
        const copies = tasks.map((task) => ({ ...task, done: () => undefined }));
        const reports = await Promise.all([rounds.worker.work(tasks, given), rounds.worker.work(copies, given)]);
        const sum = (of: 'conflicts' | 'notices') => reports.reduce((total, report) => total + report[of], 0);
        expect(sum('conflicts')).toBeGreaterThan(0);
        expect(sum('notices')).toBe((await notices()).length);
      }));

    it('settle every lease of a watcher whose tasks come together, the older last', () =>
      certain(async () => {
        await rounds.tick();
        const older = await rounds.take(WATCHERS);
        rounds.now += 1;
        await leaseAnew(older.map(watcherOf));
        const newer = await rounds.take(WATCHERS);
        expect(newer.map(watcherOf).toSorted()).toEqual(older.map(watcherOf).toSorted());
        await rounds.worker.work([...newer, ...older], given);
        await eventually(async () => {
          await rounds.work();
          return (await waiting()) === 0;
        });
      }));

    it('make a task of a lease that ends when another one of the watcher ended', () =>
      certain(async () => {
        await rounds.tick();
        const first = await rounds.take(WATCHERS);
        for (const task of first) task.done();
        await leaseAnew(first.map(watcherOf));
        expect((await rounds.work()).watchers).toBe(first.length);
        expect(await waiting()).toBe(0);
      }));

    it('give back whoever has no answer yet when they are stopped', () =>
      certain(async () => {
        await rounds.tick();
        rounds.provider.fault = ({ watcher }) =>
          watcher.endsWith('1') ? { kind: 'soft', reason: 'aborted' } : undefined;
        const { returned, faults } = await rounds.worker.work(await rounds.take(), given);
        rounds.provider.fault = undefined;
        expect(returned).toBeGreaterThan(0);
        expect(faults).toBe(0);
        const others = await rounds.work();
        expect(others.watchers).toBeGreaterThanOrEqual(returned);
      }));

    it('leave everything as it is when the provider does not answer, and ask again when it says', () =>
      certain(async () => {
        rounds.provider.fault = () => ({ kind: 'soft', reason: 'rate_limited', retryAfterMs: 2 * MINUTE });
        const { faults, watchers } = await rounds.round();
        expect([faults, await notices()]).toEqual([watchers, []]);
        rounds.provider.fault = undefined;
        rounds.now += 2 * MINUTE - 1;
        expect(await rounds.tick()).toBe(0);
        rounds.now += 1;
        expect(await rounds.tick()).toBe(watchers);
      }));

    it('keep a pair as it was while there is no permission', () =>
      certain(async () => {
        rounds.provider.fault = () => ({ kind: 'auth', reason: 'refused' });
        expect((await rounds.round()).faults).toBeGreaterThan(0);
        expect(await notices()).toEqual([]);
        rounds.provider.fault = undefined;
        rounds.now += 6 * HOUR * MINUTE;
        await rounds.tick();
      }));
  });

  describe('that see too much', () => {
    it('tell nobody, until an operator believes the run', async () => {
      await seat({ watcher: OPEN.watcher, provider: { share: 0.01, atLeast: 500 } });
      await rounds.round();
      all('engaged', changed);
      await rounds.round(6 * HOUR);
      const first = await quarantinedRuns(rounds.store, rounds.provider.name);
      expect(first.size).toBe(1);
      for (let i = 0; i < 4; i++) expect((await rounds.round(15)).notices).toBe(0);
      expect(await notices()).toEqual([]);
      for (const run of await quarantinedRuns(rounds.store, rounds.provider.name)) {
        await releaseRun(rounds.store, { provider: rounds.provider.name, run });
      }
      rounds.worker = rounds.workerWith(OPEN);
      await rounds.round(15);
      expect(await notices()).toEqual(cast.due);
    });
  });

  it('bring forward whoever watches somebody who has just changed', async () => {
    await seat();
    await rounds.round();
    const [watcher] = cast.watchers;
    rounds.now += MINUTE;
    await makeDue(rounds.store, { check: rounds.provider.name }, [watcher!], rounds.now);
    expect(await rounds.round()).toMatchObject({ watchers: 1 });
  });
});
