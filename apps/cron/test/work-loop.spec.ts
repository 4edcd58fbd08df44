import { connectBus, openWorkQueue, publisher, type Bus, type Task, type WorkQueue } from '@groundswell/bus';
import { envelope, NOTIFY, subjects } from '@groundswell/contracts';
import { createLog, systemClock } from '@groundswell/runtime';
import { eventually, useNats } from '@groundswell/testing';
import { undertaker } from '../src/queue/undertaker.js';
import { TRIES, WorkLoop } from '../src/queue/work-loop.js';

const decoder = new TextDecoder();

describe('WorkLoop', () => {
  const nats = useNats();
  const log = createLog('spec', 'silent');
  let bus: Bus;
  let queue: WorkQueue;
  let loop: WorkLoop | undefined;
  let count = 0;
  let provider: string;

  beforeEach(async () => {
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    provider = `p${++count}`;
    const subject = subjects.notifyCheck(provider);
    queue = await openWorkQueue({ bus, stream: NOTIFY, subject, name: provider, ackWaitMs: 100 });
  });
  afterEach(async () => {
    await loop?.stop();
    await bus.close();
  });

  const put = (...watchers: string[]) =>
    Promise.all(
      watchers.map((watcher) =>
        publisher(bus).publish(
          envelope({
            subject: subjects.notifyCheck(provider),
            id: `${provider} ${watcher}`,
            source: '/spec',
            at: 1,
            message: { provider, watcher, until: 5 },
          }),
        ),
      ),
    );
  const watcherOf = ({ data }: Task) => (JSON.parse(decoder.decode(data)) as { watcher: string }).watcher;
  const run = (
    work: (tasks: readonly Task[], signal: AbortSignal) => Promise<number>,
    pausedMs = () => Promise.resolve(0),
  ): void => {
    const bury = undertaker({
      publisher: publisher(bus),
      clock: systemClock,
      log,
      source: '/spec',
      count: () => undefined,
    });
    loop = new WorkLoop({ queue, most: 2, work, busyEveryMs: 30, pausedMs, bury, log });
    loop.start();
  };

  it('has tasks worked off, so many at a time', async () => {
    const clumps: string[][] = [];
    await put('a', 'b', 'c');
    run(async (tasks) => {
      clumps.push(tasks.map(watcherOf));
      for (const task of tasks) task.done();
      return 0;
    });
    await eventually(() => clumps.flat().length === 3);
    expect(clumps).toEqual([['a', 'b'], ['c']]);
  });

  it('gives a task that cannot be worked off to an operator, once, and goes on with the others', async () => {
    const seen: number[] = [];
    await put('bad');
    run(async ([task]) => {
      if (watcherOf(task!) === 'good') {
        task!.done();
        seen.push(0);
        return 0;
      }
      seen.push(task!.deliveries);
      task!.later(1);
      throw new Error('this task is beyond me');
    });
    const dead = await openWorkQueue({
      bus,
      stream: NOTIFY,
      subject: subjects.notify('dead'),
      name: 'operator',
      ackWaitMs: 60_000,
    });
    const [buried] = await dead.take(10, { waitMs: 20_000 });
    expect(seen).toEqual(Array.from({ length: TRIES }, (_, i) => i + 1));
    expect(JSON.parse(decoder.decode(buried!.data))).toEqual({
      subject: subjects.notifyCheck(provider),
      task: JSON.stringify({ provider, watcher: 'bad', until: 5 }),
      deliveries: TRIES + 1,
      at: expect.any(Number),
    });
    buried!.done();
    await put('good');
    await eventually(() => seen.includes(0));
    expect(await dead.take(1, { waitMs: 200 })).toEqual([]);
  }, 30_000);

  it('keeps what takes longer than the queue waits for', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let started = false;
    await put('a');
    run(async (tasks) => {
      started = true;
      await held;
      for (const task of tasks) task.done();
      return 0;
    });
    await eventually(() => started);
    // Five times as long as it is waited for.
    expect(await queue.take(1, { waitMs: 500 })).toEqual([]);
    release();
  });

  it('lets the clump in hand end when it is stopped', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const ended: string[] = [];
    let [started, aborted] = [false, false];
    await put('a');
    run(async (tasks, signal) => {
      started = true;
      signal.addEventListener('abort', () => (aborted = true));
      await held;
      for (const task of tasks) task.done();
      ended.push(...tasks.map(watcherOf));
      return 0;
    });
    await eventually(() => started);
    const stopping = loop!.stop();
    release();
    await stopping;
    expect([ended, aborted]).toEqual([['a'], true]);
    expect(await queue.take(1, { waitMs: 300 })).toEqual([]);
  });

  it('takes nothing for as long as it is told to', async () => {
    const taken: string[] = [];
    await put('a', 'b', 'c');
    run(async (tasks) => {
      taken.push(...tasks.map(watcherOf));
      for (const task of tasks) task.done();
      return 60_000;
    });
    await eventually(() => taken.length === 2);
    const [left] = await queue.take(1, { waitMs: 2_000 });
    expect(watcherOf(left!)).toBe('c');
  });

  it('takes nothing during a pause, and goes on when it ends, however long it was to be', async () => {
    let [asked, paused] = [0, true];
    const taken: number[] = [];
    await put('a', 'b');
    run(
      async (tasks) => {
        taken.push(...tasks.map(({ deliveries }) => deliveries));
        for (const task of tasks) task.done();
        return 0;
      },
      () => {
        asked++;
        return Promise.resolve(paused ? 3_600_000 : 0);
      },
    );
    await eventually(() => asked === 2);
    expect(taken).toEqual([]);
    paused = false;
    await eventually(() => taken.length === 2);
    expect(taken).toEqual([1, 1]);
  });

  it('is stopped during a pause', async () => {
    let asked = 0;
    run(
      () => Promise.resolve(0),
      () => Promise.resolve(++asked * 3_600_000),
    );
    await eventually(() => asked > 0);
    const from = performance.now();
    await loop!.stop();
    expect(performance.now() - from).toBeLessThan(500);
  });
});
