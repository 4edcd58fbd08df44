import { envelope, NOTIFY, subjects } from '@groundswell/contracts';
import { useNats } from '@groundswell/testing';
import {
  connectBus,
  countMessages,
  ensureStreams,
  getMessage,
  publisher,
  removeMessage,
  type Bus,
} from '../src/index.js';

describe('single messages of a stream', () => {
  const nats = useNats();
  const dead = subjects.notify('dead');
  let bus: Bus;

  beforeAll(async () => {
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    await ensureStreams(bus, [NOTIFY]);
    const log = publisher(bus);
    for (const [id, subject] of Object.entries({ a: dead, b: subjects.notify('mail'), c: dead }))
      await log.publish(envelope({ subject, id, source: '/spec', at: 1, message: { id } }));
  });
  afterAll(() => bus.close());

  const next = async (from: number) => (await getMessage(bus, NOTIFY.name, { subject: dead, from }))?.seq;

  it('are found one after the other by subject, though it is a queue', async () => {
    expect([await next(1), await next(2), await next(3), await next(4)]).toEqual([1, 3, 3, undefined]);
  });

  it('can be taken out, once', async () => {
    expect(await countMessages(bus, NOTIFY.name, dead)).toBe(2);
    expect(await removeMessage(bus, NOTIFY.name, 1)).toBe(true);
    expect(await removeMessage(bus, NOTIFY.name, 1)).toBe(false);
    expect(await removeMessage(bus, NOTIFY.name, 99)).toBe(false);
    expect([await next(1), await countMessages(bus, NOTIFY.name, dead)]).toEqual([3, 1]);
    expect(await countMessages(bus, NOTIFY.name, subjects.notifyCheck('none'))).toBe(0);
    await expect(removeMessage(bus, 'NONE', 1)).rejects.toMatchObject({ name: 'StreamMissing' });
  });
});
