import { EVENTS } from '@groundswell/contracts';
import { eventually, useNats } from '@groundswell/testing';
import { connectBus, ensureStreams, getMessage, publisher, streamInfo } from '../src/index.js';
import { idOf, status, useBus } from './stack.js';

describe('publish', () => {
  const nats = useNats();
  const stack = useBus(nats);
  beforeEach(() => ensureStreams(stack.bus, [EVENTS]));

  it('stores a message once, however often it is sent under one id', async () => {
    const { publish } = bound(publisher(stack.bus));
    const first = await publish(status('once'));
    expect(first.duplicate).toBe(false);
    expect(await publish(status('once'))).toEqual({ seq: first.seq, duplicate: true });
    const stored = await getMessage(stack.bus, 'EVENTS', { seq: first.seq });
    expect(stored && idOf(stored)).toBe('once');
    expect((await streamInfo(stack.bus, 'EVENTS')).lastSeq).toBe(first.seq);
  });

  it('stores only on top of the expected position', async () => {
    const { publish } = bound(publisher(stack.bus));
    const { seq } = await publish(status('base', 'chain'));
    await expect(publish(status('wrong', 'chain'), { expectLastSubjectSeq: 0 })).rejects.toMatchObject({
      name: 'WrongLastSequence',
    });
    expect((await publish(status('right', 'chain'), { expectLastSubjectSeq: seq })).seq).toBeGreaterThan(seq);
  });

  it('refuses what the server cannot take', async () => {
    const { publish } = bound(publisher(stack.bus));
    await expect(publish(status('large', 'final', 'x'.repeat(1_100_000)))).rejects.toMatchObject({ name: 'Refused' });
    const nowhere = { ...status('nowhere'), subject: 'gs.nowhere' };
    await expect(publish(nowhere)).rejects.toMatchObject({ name: 'PublishUnknown' });
  });

  it('lets more than the window wait, in order, and refuses beyond that', async () => {
    const small = publisher(stack.bus, { inFlight: 2, waiting: 3 });
    const all = Array.from({ length: 6 }, (_, i) => small.publish(status(`w${i}`)));
    const results = await Promise.allSettled(all);
    expect(results.map(({ status: how }) => how)).toEqual([...Array<string>(5).fill('fulfilled'), 'rejected']);
    expect(results[5]).toMatchObject({ reason: { name: 'Overloaded' } });
    const positions = results.slice(0, 5).map((result) => (result.status === 'fulfilled' ? result.value.seq : 0));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect([small.inFlight, small.waiting]).toEqual([0, 0]);
  });

  it('fails at once without a connection, and works again after it', async () => {
    const { publish } = bound(publisher(stack.bus));
    await nats.kill();
    const started = performance.now();
    await expect(publish(status('down'))).rejects.toMatchObject({ name: 'PublishUnknown' });
    await eventually(() => !stack.bus.up);
    await expect(publish(status('down'))).rejects.toThrow('no connection');
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await stack.bus.health()).toMatchObject({ up: false, reconnects: 0 });
    await nats.restart();
    await eventually(() => stack.bus.up);
    expect((await publish(status('up again'))).duplicate).toBe(false);
    expect(await stack.bus.health()).toMatchObject({
      up: true,
      reconnects: 1,
      roundTripMs: expect.any(Number) as number,
    });
  });

  it('lets what is on its way arrive before it closes', async () => {
    const bus = await connectBus({ servers: nats.url, name: 'closing' });
    const { publish } = bound(publisher(bus));
    const sent = Array.from({ length: 500 }, (_, i) => publish(status(`closing${i}`)));
    await bus.close();
    expect(await Promise.all(sent)).toHaveLength(500);
    await expect(publish(status('closed'))).rejects.toMatchObject({ name: 'PublishUnknown' });
    await bus.close();
  });
});

describe('connectBus', () => {
  it('gives up after the deadline, naming the address', async () => {
    const failed = connectBus({ servers: 'nats://127.0.0.1:1', name: 'test', deadlineMs: 300 });
    await expect(failed).rejects.toMatchObject({ name: 'BusUnreachable', code: 'bus_unreachable' });
    await expect(failed).rejects.toThrow('nats://127.0.0.1:1');
  });
});

function bound(to: ReturnType<typeof publisher>) {
  return { publish: to.publish.bind(to) };
}
