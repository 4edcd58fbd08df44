import { EVENTS, EVENTS_BUCKET, LEASES_BUCKET, SOCIAL, subjects } from '@groundswell/contracts';
import { StorageType } from '@nats-io/jetstream';
import { eventually, useNats } from '@groundswell/testing';
import { inner } from '../src/bus.js';
import { connectBus, ensureBuckets, ensureStreams, listen, openBucket, publisher, streamInfo } from '../src/index.js';
import { idOf, status, useBus } from './stack.js';

describe('ensureStreams', () => {
  const nats = useNats();
  const stack = useBus(nats);

  it('creates what is missing, also when several processes do so at once', async () => {
    const others = await Promise.all([1, 2, 3].map((n) => connectBus({ servers: nats.url, name: `boot${n}` })));
    await Promise.all(others.map((bus) => ensureStreams(bus, [EVENTS, SOCIAL])));
    await Promise.all(others.map((bus) => ensureBuckets(bus, [EVENTS_BUCKET, LEASES_BUCKET])));
    await Promise.all(others.map((bus) => bus.close()));
    expect(await streamInfo(stack.bus, 'EVENTS')).toMatchObject({ firstSeq: 1, lastSeq: 0 });
    expect(await openBucket(stack.bus, EVENTS_BUCKET).get('none')).toBeUndefined();
  });

  it('changes what the server lets be changed', async () => {
    const changed = { ...SOCIAL, description: 'another', duplicateWindowMs: 60_000 };
    await ensureStreams(stack.bus, [changed]);
    const { config } = await inner(stack.bus).api.streams.info('SOCIAL');
    expect(config).toMatchObject({ description: 'another', duplicate_window: 60_000_000_000 });
    await ensureStreams(stack.bus, [SOCIAL]);
  });

  it('refuses a stream that cannot become what it should be, naming the field', async () => {
    await inner(stack.bus).api.streams.add({ name: 'WRONG', subjects: ['wrong.>'], storage: StorageType.Memory });
    const refused = ensureStreams(stack.bus, [{ ...SOCIAL, name: 'WRONG', subjects: ['wrong.>'] }]);
    await expect(refused).rejects.toMatchObject({
      name: 'StreamConfigRefused',
      stream: 'WRONG',
      differences: expect.arrayContaining([{ field: 'storage', is: 'memory', shouldBe: 'file' }]) as unknown,
    });
    await expect(refused).rejects.toThrow('nats stream edit WRONG');
  });

  it('refuses subjects that another stream has', async () => {
    const overlapping = ensureStreams(stack.bus, [{ ...SOCIAL, name: 'TWICE' }]);
    await expect(overlapping).rejects.toMatchObject({ name: 'StreamUnavailable' });
    await expect(overlapping).rejects.toThrow(/overlap/);
  });

  it('repeats what was stored in the open feed, once, and nothing of friends', async () => {
    await ensureStreams(stack.bus, [EVENTS]);
    const heard: string[] = [];
    const listening = listen(stack.bus, 'gs.live.v1.>', (data, subject) => heard.push(`${subject} ${idOf({ data })}`));
    const to = publisher(stack.bus);
    await to.publish({ ...status('hidden'), subject: subjects.feed('final', 'friends', 'status') });
    await to.publish(status('shown'));
    await to.publish(status('shown'));
    await to.publish(status('last'));
    await eventually(() => heard.length >= 2);
    expect(heard).toEqual([
      'gs.live.v1.event.final.feed.open.status shown',
      'gs.live.v1.event.final.feed.open.status last',
    ]);
    listening.stop();
  });
});
