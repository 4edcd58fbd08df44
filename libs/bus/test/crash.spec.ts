import { readdirSync, readFileSync } from 'node:fs';
import { EVENTS, subjects } from '@groundswell/contracts';
import { eventually, useNats } from '@groundswell/testing';
import { consumeOrdered, ensureStreams, publisher, type Consumed } from '../src/index.js';
import { idOf, status, useBus } from './stack.js';

/** Whether every thread of a process has been stopped by a signal. */
function isStopped(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /^State:\s+T/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')),
  );
}

describe('SIGKILL of the server while publishing and reading', () => {
  const nats = useNats();
  const stack = useBus(nats);

  it('loses nothing acknowledged, stores nothing twice, delivers each once and in order', async () => {
    const { bus } = stack;
    await ensureStreams(bus, [EVENTS]);
    const to = publisher(bus);
    const acknowledged = new Map<string, number>();
    const got: Consumed[] = [];
    const reading = await consumeOrdered({
      bus,
      stream: 'EVENTS',
      filter: subjects.feedAll('final'),
      from: { seq: 1 },
      onMessages: (batch) => void got.push(...batch),
    });

    let next = 0;
    const failures: unknown[] = [];
    const over = new AbortController();
    /** A writer as ingest has it: the same id again until it is known to be stored. */
    const writer = async () => {
      while (!over.signal.aborted) {
        const id = `s${next++}`;
        for (;;) {
          try {
            acknowledged.set(id, (await to.publish(status(id))).seq);
            break;
          } catch (error) {
            failures.push((error as Error).name);
            await eventually(() => bus.up, { timeoutMs: 10_000, everyMs: 20 });
          }
        }
      }
    };
    const writers = Array.from({ length: 100 }, writer);
    for (let kill = 1; kill <= 3; kill++) {
      await eventually(() => acknowledged.size > kill * 3_000, { timeoutMs: 20_000 });
      await nats.kill();
      await nats.restart();
    }
    await eventually(() => acknowledged.size > 12_000, { timeoutMs: 20_000 });
    over.abort();
    await Promise.all(writers);
    await eventually(() => reading.caughtUp && got.length >= acknowledged.size, { timeoutMs: 20_000 });

    expect(new Set(failures)).toEqual(new Set(['PublishUnknown']));
    const positions = got.map(({ seq }) => seq);
    expect(positions).toEqual(Array.from({ length: got.length }, (_, i) => i + 1));
    expect(new Set(got.map(idOf)).size).toBe(got.length);
    expect(got.length).toBe(acknowledged.size);
    const wrong = got.filter((message) => acknowledged.get(idOf(message)) !== message.seq);
    expect(wrong).toEqual([]);
    expect((await bus.health()).reconnects).toBe(3);
    await reading.stop();
  }, 60_000);

  it('goes on after a server that stopped answering for a while', async () => {
    const { bus } = stack;
    const to = publisher(bus);
    const first = await to.publish(status('before the pause'));
    const got: Consumed[] = [];
    const reading = await consumeOrdered({
      bus,
      stream: 'EVENTS',
      filter: subjects.feedAll('final'),
      from: { seq: first.seq },
      onMessages: (batch) => void got.push(...batch),
    });
    await eventually(() => reading.caughtUp);
    process.kill(nats.pid, 'SIGSTOP');
    try {
      // Threads that are at work stop a moment after the signal was sent.
      await eventually(() => isStopped(nats.pid));
      await expect(to.publish(status('paused'), { timeoutMs: 300 })).rejects.toMatchObject({ name: 'PublishUnknown' });
      await eventually(() => !bus.up, { timeoutMs: 15_000, message: 'the silence was noticed' });
    } finally {
      process.kill(nats.pid, 'SIGCONT');
    }
    await eventually(() => bus.up, { timeoutMs: 10_000 });
    const second = await to.publish(status('paused'));
    await eventually(() => reading.position >= second.seq, { timeoutMs: 10_000 });
    expect(got.map(idOf)).toEqual(['before the pause', 'paused']);
    await reading.stop();
  }, 40_000);
});
