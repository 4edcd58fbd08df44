import { LEASES_BUCKET } from '@groundswell/contracts';
import { eventually, useNats } from '@groundswell/testing';
import { connectBus, ensureBuckets, lease, openBucket, type Bus, type Lease } from '../src/index.js';

describe('lease', () => {
  const nats = useNats();
  let buses: Bus[];
  let leases: Lease[];
  beforeEach(async () => {
    buses = await Promise.all(['one', 'two'].map((name) => connectBus({ servers: nats.url, name })));
    leases = [];
    await ensureBuckets(buses[0]!, [LEASES_BUCKET]);
  });
  afterEach(async () => {
    for (const one of leases) await one.release();
    for (const bus of buses) await bus.close();
  });

  const ask = (bus: Bus, key: string, more: { onChange?: (held: boolean) => void; clock?: () => number } = {}) => {
    const bucket = openBucket(bus, LEASES_BUCKET);
    const asked = lease({ bucket, key, holder: bus.name, renewMs: 200, ...more });
    leases.push(asked);
    return asked;
  };

  it('is held by one, over many renewals, and handed over at once when released', async () => {
    const changes: boolean[] = [];
    const first = ask(buses[0]!, 'a', { onChange: (held) => changes.push(held) });
    await eventually(() => first.held);
    const second = ask(buses[1]!, 'a');
    const until = performance.now() + 2_500;
    let both = 0;
    await eventually(() => {
      if (second.held || !first.held) both++;
      return performance.now() > until;
    });
    expect(both).toBe(0);
    await first.release();
    expect(first.held).toBe(false);
    await eventually(() => second.held, { timeoutMs: 600 });
    expect(changes).toEqual([true, false]);
  });

  it('is taken over within 2 s of the end of its holder, who stops believing in it before', async () => {
    const first = ask(buses[0]!, 'b');
    await eventually(() => first.held);
    const second = ask(buses[1]!, 'b');
    await buses[0]!.close();
    const died = performance.now();
    const overlap = await eventually(() => (second.held ? { first: first.held } : undefined), { timeoutMs: 2_000 });
    expect(performance.now() - died).toBeLessThan(2_000);
    expect(overlap).toEqual({ first: false });
  });

  it('does not survive a pause of its holder', async () => {
    let skipped = 0;
    const first = ask(buses[0]!, 'c', { clock: () => performance.now() + skipped });
    await eventually(() => first.held);
    skipped = 1_001;
    expect(first.held).toBe(false);
  });

  it('says that it is back when it ran out for a moment, though nobody was told that it had', async () => {
    let skipped = 0;
    const told: boolean[] = [];
    const first = ask(buses[0]!, 'e', {
      clock: () => performance.now() + skipped,
      onChange: (held) => told.push(held),
    });
    await eventually(() => told.length === 1);
    skipped = 1_001;
    expect([first.held, told]).toEqual([false, [true]]);
    await eventually(() => told.length === 2);
    expect([first.held, told]).toEqual([true, [true, true]]);
  });

  it('is given up when the server is out, and comes back with it', async () => {
    const first = ask(buses[0]!, 'd');
    await eventually(() => first.held);
    await nats.kill();
    await eventually(() => !first.held, { timeoutMs: 1_500 });
    await nats.restart();
    await eventually(() => first.held, { timeoutMs: 5_000 });
    expect(first.held).toBe(true);
  }, 15_000);
});
