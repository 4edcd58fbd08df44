import { envelope, NOTIFY, subjects } from '@groundswell/contracts';
import { eventually, useNats } from '@groundswell/testing';
import { jest } from '@jest/globals';
import type { Msg, MsgCallback } from '@nats-io/nats-core';
import { inner } from '../src/bus.js';
import { connectBus, openWorkQueue, publisher, StreamUnavailable, type Task, type WorkQueue } from '../src/index.js';
import { useBus } from './stack.js';

const SUBJECT = subjects.notifyCheck('own');
const WAIT = { waitMs: 5_000 };
const NOW = { waitMs: 1 };

const work = (id: string, subject = SUBJECT) => envelope({ subject, id, source: '/test', at: 1, message: { id } });
const idOf = ({ data }: Task): string => (JSON.parse(Buffer.from(data).toString()) as { id: string }).id;

describe('a work queue', () => {
  const nats = useNats();
  const stack = useBus(nats);
  let queue: WorkQueue;

  const open = (bus = stack.bus, ackWaitMs = 30_000) =>
    openWorkQueue({ bus, stream: NOTIFY, subject: SUBJECT, name: 'check-own', ackWaitMs });
  const deleteStream = () =>
    inner(stack.bus)
      .api.streams.delete(NOTIFY.name)
      .catch(() => false);
  const put = (...ids: string[]) => Promise.all(ids.map((id) => publisher(stack.bus).publish(work(id))));
  const left = async (): Promise<number> => {
    await queue.settled();
    return (await inner(stack.bus).api.streams.info(NOTIFY.name)).state.messages;
  };

  beforeEach(async () => {
    await deleteStream();
    queue = await open();
  });
  afterEach(() => jest.restoreAllMocks());

  it('hands out what is there, at most so many, in order', async () => {
    await put('a', 'b', 'c');
    const two = await queue.take(2, WAIT);
    expect(two.map(idOf)).toEqual(['a', 'b']);
    expect(two.map(({ deliveries, subject }) => [deliveries, subject])).toEqual([
      [1, SUBJECT],
      [1, SUBJECT],
    ]);
    expect((await queue.take(100, WAIT)).map(idOf)).toEqual(['c']);
    expect(await queue.take(100, NOW)).toEqual([]);
  });

  it('waits for a first task and does not wait for a second', async () => {
    const taking = queue.take(100, { waitMs: 60_000 });
    await eventually(async () => {
      const { num_waiting } = await inner(stack.bus).api.consumers.info(NOTIFY.name, 'check-own');
      return num_waiting === 1;
    });
    await put('a');
    expect((await taking).map(idOf)).toEqual(['a']);
  });

  it('lets go of what is done or dropped, and of nothing else', async () => {
    await put('a', 'b', 'c');
    const [a, b, c] = await queue.take(3, WAIT);
    a!.done();
    b!.drop();
    await eventually(async () => (await left()) === 1);
    c!.done();
    await eventually(async () => (await left()) === 0);
    expect(await queue.take(1, NOW)).toEqual([]);
  });

  it('hands out again what is put off, not before its time, and counts', async () => {
    await put('a');
    const [first] = await queue.take(1, WAIT);
    const before = Date.now();
    first!.later(300);
    await queue.settled();
    expect(await queue.take(1, NOW)).toEqual([]);
    const [second] = await queue.take(1, WAIT);
    expect(Date.now() - before).toBeGreaterThanOrEqual(295);
    expect([idOf(second!), second!.deliveries, second!.seq]).toEqual(['a', 2, first!.seq]);
  });

  it('hands out again what a worker took with it, and never gives up', async () => {
    await deleteStream();
    queue = await open(stack.bus, 100);
    await put('a');
    for (let deliveries = 1; deliveries <= 7; deliveries++) {
      const [task] = await queue.take(1, WAIT);
      expect(task!.deliveries).toBe(deliveries);
    }
    expect(await left()).toBe(1);
  });

  it('shares the work among processes', async () => {
    const other = await connectBus({ servers: nats.url, name: 'other' });
    const theirs = await open(other);
    await put(...Array.from({ length: 10 }, (_, i) => `t${i}`));
    const got = [...(await queue.take(5, WAIT)), ...(await theirs.take(100, WAIT))];
    expect(got.map(idOf).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `t${i}`));
    await other.close();
  });

  it('gives back what comes for somebody who does not wait any more', async () => {
    const enough = new AbortController();
    const taking = queue.take(1, { waitMs: 30_000, signal: enough.signal });
    await eventually(async () => {
      const { num_waiting } = await inner(stack.bus).api.consumers.info(NOTIFY.name, 'check-own');
      return num_waiting === 1;
    });
    enough.abort();
    expect(await taking).toEqual([]);
    await put('a');
    const [task] = await queue.take(1, WAIT);
    expect(idOf(task!)).toBe('a');
  });

  describe('hands out what it has although the server falls silent', () => {
    it('before it has said that there is no more', async () => {
      await put('a', 'b');
      const { nats: connection } = inner(stack.bus);
      const subscribe = connection.subscribe.bind(connection);
      jest.spyOn(connection, 'subscribe').mockImplementation((subject, options) => {
        const callback: MsgCallback<Msg> = (error, message) => {
          if (!message.headers?.code) void options?.callback?.(error, message);
        };
        return subscribe(subject, { ...options, callback });
      });
      expect((await queue.take(100, WAIT)).map(idOf)).toEqual(['a', 'b']);
    });

    it('before it has said what else there is', async () => {
      const { nats: connection } = inner(stack.bus);
      const publish = connection.publish.bind(connection);
      const sent: string[] = [];
      jest.spyOn(connection, 'publish').mockImplementation((subject, payload, options) => {
        const send = (): void => publish(subject, payload, options);
        if (!subject.includes('.MSG.NEXT.')) return send();
        sent.push(String(payload));
        if (sent.length === 2) void put('a', 'b').then(send);
        else if (sent.length === 1) send();
      });
      expect((await queue.take(100, WAIT)).map(idOf)).toEqual(['a']);
      expect(sent).toEqual([
        '{"batch":100,"no_wait":true}',
        expect.stringContaining('expires'),
        '{"batch":99,"no_wait":true}',
      ]);
    });
  });

  it('is made anew when it is gone, and goes on', async () => {
    await put('lost');
    await deleteStream();
    expect(await queue.take(1, NOW)).toEqual([]);
    await put('a');
    expect((await queue.take(1, WAIT)).map(idOf)).toEqual(['a']);
  });

  it('is made anew when it goes while somebody waits', async () => {
    const taking = queue.take(1, { waitMs: 3_000 });
    await eventually(async () => {
      const { num_waiting } = await inner(stack.bus).api.consumers.info(NOTIFY.name, 'check-own');
      return num_waiting === 1;
    });
    await deleteStream();
    expect(await taking).toEqual([]);
    expect(await queue.take(1, NOW)).toEqual([]);
    await put('a');
    expect((await queue.take(1, WAIT)).map(idOf)).toEqual(['a']);
  });

  it('does not see what belongs to another queue', async () => {
    await publisher(stack.bus).publish(work('m', subjects.notify('mail')));
    expect(await queue.take(10, NOW)).toEqual([]);
  });

  it('says so when there is no connection', async () => {
    const other = await connectBus({ servers: nats.url, name: 'other' });
    const theirs = await open(other);
    await other.close();
    await expect(theirs.take(1, WAIT)).rejects.toThrow(StreamUnavailable);
  });
});
