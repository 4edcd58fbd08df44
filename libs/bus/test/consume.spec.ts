import { jest } from '@jest/globals';
import { EVENTS, subjects } from '@groundswell/contracts';
import { eventually, useNats } from '@groundswell/testing';
import { inner } from '../src/bus.js';
import {
  consumeOrdered,
  ensureStreams,
  publisher,
  streamInfo,
  type Consumed,
  type ConsumeOptions,
  type Rests,
} from '../src/index.js';
import { idOf, status, useBus } from './stack.js';

describe('consumeOrdered', () => {
  const nats = useNats();
  const stack = useBus(nats);
  beforeEach(async () => {
    await inner(stack.bus)
      .api.streams.delete('EVENTS')
      .catch(() => false);
    await ensureStreams(stack.bus, [EVENTS]);
  });

  const publishMany = async (count: number, event = 'final') => {
    const to = publisher(stack.bus, { waiting: count });
    return Promise.all(Array.from({ length: count }, (_, i) => to.publish(status(`${event}-${i}`, event))));
  };
  const consume = (seq: number, onMessages: ConsumeOptions['onMessages'], event = 'final') =>
    consumeOrdered({ bus: stack.bus, stream: 'EVENTS', filter: subjects.feedAll(event), from: { seq }, onMessages });
  /** From the beginning, in bursts. */
  const consumeInBursts = (rests: Rests, onMessages: ConsumeOptions['onMessages']) =>
    consumeOrdered({
      bus: stack.bus,
      stream: 'EVENTS',
      filter: subjects.feedAll('final'),
      from: { seq: 1 },
      rests,
      onMessages,
    });

  it('starts at the position, filters, catches up, and goes on with what comes', async () => {
    await publishMany(3, 'other');
    await publishMany(5);
    const got: Consumed[] = [];
    const reading = await consume(6, (batch) => void got.push(...batch));
    await eventually(() => reading.caughtUp && got.length === 3);
    expect(got.map(({ seq }) => seq)).toEqual([6, 7, 8]);
    expect(got.map(idOf)).toEqual(['final-2', 'final-3', 'final-4']);
    expect(Math.abs(Date.now() - got[0]!.timestamp)).toBeLessThan(10_000);
    expect(reading.created).toBe((await streamInfo(stack.bus, 'EVENTS')).created);
    const { seq } = await publisher(stack.bus).publish(status('later'));
    await eventually(() => reading.position === seq && reading.caughtUp);
    expect(reading.lag).toBe(0);
    await reading.stop();
    await reading.done;
  });

  it('waits for the handler, hands over one batch at a time, and bounds what waits', async () => {
    await publishMany(12_000);
    let running = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let next = 1;
    const sizes: number[] = [];
    const reading = await consume(1, async (batch) => {
      most = Math.max(most, ++running);
      for (const { seq } of batch) if (seq === next) next++;
      sizes.push(batch.length);
      await held;
      running--;
    });
    await eventually(() => running === 1);
    // What is not asked for stays on the server.
    const { num_pending } = await eventually(() => onServer(), { message: 'the server has stopped sending' });
    expect(num_pending).toBeGreaterThanOrEqual(12_000 - 5_500);
    expect(reading.position).toBe(0);
    release();
    await eventually(() => reading.caughtUp);
    expect([next, most]).toEqual([12_001, 1]);
    await reading.stop();
  });

  /** The consumer of the test's stream, once everything asked for has been sent. */
  const onServer = async () => {
    const [consumer] = await inner(stack.bus).api.consumers.list('EVENTS').next();
    return consumer && consumer.num_waiting === 0 && consumer.num_pending <= 8_000 ? consumer : undefined;
  };

  it('reads a busy log in bursts, in order and without a hole, and a quiet one as it comes', async () => {
    const got: number[] = [];
    const batches: number[] = [];
    const reading = await consumeInBursts({ usualMs: 20, longMs: 40 }, (batch) => {
      batches.push(batch.length);
      got.push(...batch.map(({ seq }) => seq));
    });
    const to = publisher(stack.bus);
    for (let i = 0; i < 400; i++) await to.publish(status(`one-${i}`));
    await eventually(() => got.length === 400);
    expect(got).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
    expect(batches.length).toBeLessThan(200);
    const { length } = batches;
    await eventually(async () => (await standing()) === 1, { message: 'one request that stands' });
    await to.publish(status('alone'));
    await eventually(() => batches.length === length + 1);
    await reading.stop();
  });

  it('reads what is far behind in fetches that overlap, without the server ever refusing one', async () => {
    await Promise.all([publishMany(4_800), publishMany(300, 'other')]);
    const disturbed = jest.spyOn(inner(stack.bus).log, 'info');
    const got: number[] = [];
    const reading = await consumeInBursts(
      { usualMs: 20, longMs: 40 },
      (batch) => void got.push(...batch.map(({ seq }) => seq)),
    );
    await eventually(() => reading.caughtUp && got.length === 4_800);
    expect(got).toEqual(got.toSorted((a, b) => a - b));
    expect(disturbed.mock.calls.map(([, message]) => message)).toEqual([]);
    await reading.stop();
  });

  it('ends a rest when it is told to hurry', async () => {
    const got: number[] = [];
    const reading = await consumeInBursts(
      { usualMs: 3_600_000, longMs: 3_600_000 },
      (batch) => void got.push(...batch.map(({ seq }) => seq)),
    );
    const to = publisher(stack.bus);
    for (let i = 0; i < 16; i++) await to.publish(status(`one-${i}`));
    await eventually(() => got.length === 16);
    await to.publish(status('after'));
    expect(got).toHaveLength(16);
    reading.hurry();
    await eventually(() => got.length === 17);
    await reading.stop();
  });

  /** Requests that wait at the server. */
  const standing = async () => {
    const [consumer] = await inner(stack.bus).api.consumers.list('EVENTS').next();
    return consumer?.num_waiting;
  };

  it('goes on by itself when a request was lost and the server keeps silent', async () => {
    const { nats: connection } = inner(stack.bus);
    const publish = connection.publish.bind(connection);
    let lost = 0;
    connection.publish = (subject, ...rest) => {
      if (lost === 0 && subject.startsWith('$JS.API.CONSUMER.MSG.NEXT.')) lost++;
      else publish(subject, ...rest);
    };
    await publishMany(3);
    const got: number[] = [];
    const reading = await consume(1, (batch) => void got.push(...batch.map(({ seq }) => seq)));
    expect([lost, reading.caughtUp]).toEqual([1, false]);
    await eventually(() => reading.caughtUp, { timeoutMs: 10_000, message: 'the silence was noticed' });
    expect(got).toEqual([1, 2, 3]);
    await reading.stop();
  }, 15_000);

  it('refuses a start beyond the end, and allows the position right after it', async () => {
    await publishMany(2);
    await expect(consume(4, () => undefined)).rejects.toMatchObject({ name: 'StartBeyondEnd', wanted: 4, lastSeq: 2 });
    const reading = await consume(3, () => undefined);
    expect(reading.caughtUp).toBe(true);
    await reading.stop();
  });

  it('refuses a log of another creation, and one that does not exist', async () => {
    await publishMany(2);
    const from = { seq: 1, created: '2001-01-01T00:00:00Z' };
    const options = { bus: stack.bus, filter: '>', from, onMessages: () => undefined };
    await expect(consumeOrdered({ ...options, stream: 'EVENTS' })).rejects.toMatchObject({ name: 'LogChanged' });
    await expect(consumeOrdered({ ...options, stream: 'NONE' })).rejects.toMatchObject({ name: 'StreamMissing' });
  });

  it('ends with what the handler threw', async () => {
    await publishMany(2);
    const reading = await consume(1, () => {
      throw new Error('planned');
    });
    await expect(reading.done).rejects.toThrow('planned');
    expect(reading.position).toBe(0);
  });

  it('ends when the log was created anew in the meantime', async () => {
    await publishMany(5);
    const reading = await consume(1, () => undefined);
    await eventually(() => reading.position === 5);
    await inner(stack.bus).api.streams.delete('EVENTS');
    await ensureStreams(stack.bus, [EVENTS]);
    await publishMany(9);
    await expect(reading.done).rejects.toMatchObject({
      name: 'LogChanged',
      was: { created: reading.createdText, position: 5 },
      is: { lastSeq: 9 },
    });
  }, 15_000);

  it('stops by signal', async () => {
    const ending = new AbortController();
    const reading = await consumeOrdered({
      bus: stack.bus,
      stream: 'EVENTS',
      filter: '>',
      from: { seq: 1 },
      onMessages: () => undefined,
      signal: ending.signal,
    });
    ending.abort();
    expect(await reading.done).toBeUndefined();
  });

  it('stops from its own callbacks, also when there is nothing to read', async () => {
    for (const count of [0, 3]) {
      await publishMany(count);
      const ending = new AbortController();
      const reading = await consumeOrdered({
        bus: stack.bus,
        stream: 'EVENTS',
        filter: subjects.feedAll('final'),
        from: { seq: 1 },
        onMessages: () => undefined,
        onCaughtUp: () => ending.abort(),
        signal: ending.signal,
      });
      expect(await reading.done).toBeUndefined();
      expect(reading.position).toBe(count);
    }
  });

  it('ends at once, and leaves nothing behind, when it was given up before it began', async () => {
    const handles = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = handles();
    const reading = await consumeOrdered({
      bus: stack.bus,
      stream: 'EVENTS',
      filter: '>',
      from: { seq: 1 },
      onMessages: () => undefined,
      signal: AbortSignal.abort(),
    });
    expect(await reading.done).toBeUndefined();
    expect(handles()).toBe(before);
  });
});
