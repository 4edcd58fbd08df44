import { EVENTS_BUCKET } from '@groundswell/contracts';
import { eventually, useNats } from '@groundswell/testing';
import { inner } from '../src/bus.js';
import { connectBus, ensureBuckets, listen, openBucket, publisher, type Bucket, type Entry } from '../src/index.js';
import { useBus } from './stack.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (entry: Entry | undefined) => entry && Buffer.from(entry.value).toString();

describe('openBucket', () => {
  const nats = useNats();
  const stack = useBus(nats);
  let bucket: Bucket;
  beforeEach(async () => {
    await ensureBuckets(stack.bus, [EVENTS_BUCKET]);
    bucket = openBucket(stack.bus, EVENTS_BUCKET);
  });

  it('creates, reads, updates by revision and deletes', async () => {
    const first = await bucket.create('final', bytes('one'));
    await expect(bucket.create('final', bytes('two'))).rejects.toMatchObject({ name: 'KeyExists' });
    expect(await bucket.get('final')).toMatchObject({ key: 'final', revision: first, deleted: false });
    const second = await bucket.update('final', bytes('two'), first);
    await expect(bucket.update('final', bytes('three'), first)).rejects.toMatchObject({ name: 'WrongLastSequence' });
    expect(text(await bucket.get('final'))).toBe('two');
    await bucket.delete('final', second);
    expect(await bucket.get('final')).toBeUndefined();
    expect(await bucket.create('final', bytes('new'))).toBeGreaterThan(second);
  });

  it('refuses keys that are no keys', async () => {
    for (const key of ['', 'a b', 'a.*', '>', '.a']) await expect(bucket.get(key)).rejects.toThrow('cannot be a key');
  });

  it('waits for no answer longer than the TTL', async () => {
    // Somebody listens, so the server says nothing, and nobody stores, so no answer comes.
    const deaf = listen(stack.bus, '$KV.deaf.>', () => undefined);
    const ended: string[] = [];
    const put = async (name: string, definition: object): Promise<void> => {
      const deafOne = openBucket(stack.bus, { name: 'deaf', description: '', history: 1, ...definition });
      await expect(deafOne.put('key', bytes('1'))).rejects.toMatchObject({ name: 'PublishUnknown' });
      ended.push(name);
    };
    await Promise.all([put('no TTL', {}), put('TTL', { ttlMs: 1_000 })]);
    expect(ended).toEqual(['TTL', 'no TTL']);
    deaf.stop();
  });

  it('tells every newest value, then changes, over a crash of the server', async () => {
    await bucket.put('a', bytes('1'));
    await bucket.put('b', bytes('1'));
    await bucket.put('a', bytes('2'));
    const state = new Map<string, string | undefined>();
    let ready = 0;
    const watching = await bucket.watch({
      onEntry: (entry) => state.set(entry.key, entry.deleted ? undefined : text(entry)),
      onReady: () => ready++,
    });
    await eventually(() => ready === 1);
    expect(state.get('a')).toBe('2');
    await bucket.delete('b');
    await eventually(() => state.has('b') && state.get('b') === undefined);
    await nats.kill();
    await eventually(() => !stack.bus.up);
    expect(watching.caughtUp).toBe(false);
    await nats.restart();
    // Another connection writes before this one has found its way back.
    const other = await connectBus({ servers: nats.url, name: 'other' });
    await openBucket(other, EVENTS_BUCKET).put('a', bytes('3'));
    await eventually(() => state.get('a') === '3' && ready >= 2, { timeoutMs: 10_000 });
    expect(watching.caughtUp).toBe(true);
    await other.close();
    await watching.stop();
  }, 20_000);

  it('reads all again when the bucket was made anew', async () => {
    await bucket.put('kept', bytes('old'));
    const seen: string[] = [];
    const watching = await bucket.watch({ onEntry: (entry) => seen.push(`${entry.key}=${text(entry)}`) });
    await eventually(() => seen.includes('kept=old'));
    await inner(stack.bus).api.streams.delete('KV_events');
    await ensureBuckets(stack.bus, [EVENTS_BUCKET]);
    await bucket.put('kept', bytes('new'));
    await eventually(() => seen.includes('kept=new'), { timeoutMs: 10_000 });
    await watching.stop();
    expect(seen.at(-1)).toBe('kept=new');
  }, 15_000);

  it('watches some keys only', async () => {
    const seen: string[] = [];
    const watching = await bucket.watch({ keys: 'x.*', onEntry: ({ key }) => seen.push(key) });
    await bucket.put('y.1', bytes('1'));
    await bucket.put('x.1', bytes('1'));
    await eventually(() => seen.length > 0);
    expect(seen).toEqual(['x.1']);
    await watching.stop();
    expect(publisher(stack.bus).inFlight).toBe(0);
  });
});
