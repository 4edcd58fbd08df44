import {
  connectBus,
  ensureBuckets,
  ensureStreams,
  getMessage,
  openBucket,
  publisher,
  type Bus,
} from '@groundswell/bus';
import { envelope, NOTIFY, ORDERS_BUCKET, subjects, type CheckTask } from '@groundswell/contracts';
import { createLog } from '@groundswell/runtime';
import { eventually, useNats } from '@groundswell/testing';
import { DeadTasks } from '../src/operate/dead-tasks.js';
import { Orders } from '../src/operate/orders.js';
import { undertaker } from '../src/queue/undertaker.js';

const clock = { now: () => 5, monotonic: () => 5 };
const log = createLog('spec', 'silent');

describe('what operators do', () => {
  const nats = useNats();
  let bus: Bus;

  beforeAll(async () => {
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    await ensureStreams(bus, [NOTIFY]);
    await ensureBuckets(bus, [ORDERS_BUCKET]);
  });
  afterAll(() => bus.close());

  describe('orders', () => {
    const subject = '@ben@example.org / strange';
    const open = async (): Promise<Orders> => {
      const orders = new Orders({ bucket: openBucket(bus, ORDERS_BUCKET), log });
      await orders.start();
      return orders;
    };
    const ordered = { who: 'operator', why: 'their site is down', at: 5 };

    it('are in force in every process, also in one that is started later', async () => {
      const here = await open();
      await here.give({ order: 'pause', provider: 'mastodon' }, ordered);
      await here.give({ order: 'freeze', provider: 'mastodon', subject }, ordered);
      const later = await open();
      expect([later.isPaused('mastodon'), later.isPaused('own')]).toEqual([true, false]);
      expect([later.isFrozen('mastodon', subject), later.isFrozen('own', subject)]).toEqual([true, false]);
      expect(later.all).toEqual([
        { order: 'pause', provider: 'mastodon', ...ordered },
        { order: 'freeze', provider: 'mastodon', subject, ...ordered },
      ]);
      await later.takeBack({ order: 'pause', provider: 'mastodon' });
      await later.takeBack({ order: 'freeze', provider: 'mastodon', subject });
      await later.takeBack({ order: 'freeze', provider: 'mastodon', subject: 'nobody' });
      expect(await eventually(() => here.all.length === 0)).toBe(true);
      await Promise.all([here.stop(), later.stop()]);
    });

    it('that make no sense are not in force', async () => {
      const bucket = openBucket(bus, ORDERS_BUCKET);
      await bucket.put('pause.bWFzdG9kb24', Buffer.from('{"who":"me"}'));
      const orders = await open();
      expect([orders.isPaused('mastodon'), orders.all]).toEqual([false, []]);
      await orders.stop();
      await bucket.delete('pause.bWFzdG9kb24');
    });
  });

  describe('dead tasks', () => {
    const check: CheckTask = { provider: 'own', watcher: 'ada', until: 9 };
    const subject = subjects.notifyCheck('own');
    let dead: DeadTasks;
    const bury = (seq: number, data: Uint8Array) =>
      undertaker({ publisher: publisher(bus), clock, log, source: '/spec', count: () => undefined })({
        subject,
        data,
        seq,
        deliveries: 6,
        at: 1,
        done: () => undefined,
        later: () => undefined,
        busy: () => undefined,
        drop: () => undefined,
      });

    beforeAll(() => {
      dead = new DeadTasks({ bus, publisher: publisher(bus), clock, source: '/spec' });
    });

    it('are listed, put back where they came from, once, and forgotten', async () => {
      const text = JSON.stringify(check);
      await bury(7, Buffer.from(text));
      await bury(8, Buffer.from(text));
      const [first, second] = await dead.list();
      expect(first).toEqual({ seq: first!.seq, subject, task: text, deliveries: 6, at: 5 });
      expect(await dead.replay(first!.seq)).toBe(true);
      expect(await dead.replay(first!.seq)).toBe(false);
      const back = await getMessage(bus, NOTIFY.name, { lastBySubject: subject });
      expect(JSON.parse(Buffer.from(back!.data).toString())).toEqual(check);
      expect((await dead.list()).map(({ seq }) => seq)).toEqual([second!.seq]);
      expect(await dead.forget(second!.seq)).toBe(true);
      expect([await dead.forget(second!.seq), await dead.forget(back!.seq), await dead.list()]).toEqual([
        false,
        false,
        [],
      ]);
    });

    it('that make no sense are shown and cannot be tried', async () => {
      await bury(9, Buffer.from('<html>'));
      const message = { subject: 'elsewhere', task: '{}', deliveries: 6, at: 5 };
      const id = 'dead:strange';
      await publisher(bus).publish(envelope({ subject: subjects.notify('dead'), id, source: '/spec', at: 5, message }));
      const listed = await dead.list();
      expect(listed.map(({ task }) => task)).toEqual([expect.stringContaining('<html>'), '{}']);
      for (const { seq } of listed) expect(await dead.replay(seq)).toBe(false);
      expect(await dead.list(listed[1]!.seq)).toHaveLength(1);
    });
  });
});
