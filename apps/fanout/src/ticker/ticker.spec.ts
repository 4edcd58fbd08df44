import { subjects, type Envelope } from '@groundswell/contracts';
import { createLog } from '@groundswell/runtime';
import { jest } from '@jest/globals';
import { EPOCH, EVENT, ScriptedEvent } from '../intake/scripted-event.js';
import { Ticker } from './ticker.js';

const LEVERS = { 'everyone.segment_ms': 1000, 'everyone.segment_max_bytes': 262_144 };
const TURNED = { ...LEVERS, 'everyone.segment_max_bytes': 16_384 };

function setUp({ isStored = false } = {}) {
  const event = new ScriptedEvent();
  const written: Envelope[] = [];
  const lease = { held: true };
  const turned = { epoch: EPOCH, leverRev: 0, levers: LEVERS };
  const ticker = new Ticker({
    event: EVENT,
    node: 'a',
    feed: event.room.feed,
    clock: event.clock,
    log: createLog('spec', 'silent'),
    lease,
    // Unless it is stored, it is never acknowledged: one tick at most is written.
    publish: (envelope) => {
      written.push(envelope);
      return isStored ? Promise.resolve({ seq: event.room.examined + 1 }) : new Promise(() => undefined);
    },
    examined: () => event.room.examined,
    input: () => ({ ...turned, social: event.social.position }),
  });
  event.room.onTick = () => ticker.applied();
  return { event, ticker, written, lease, turned };
}

describe('Ticker', () => {
  afterEach(() => jest.restoreAllMocks());

  it('writes a tick for a graph change that waits', () => {
    const { event, ticker, written } = setUp();
    event.befriend('vera', 'ada');
    ticker.graphChanged(event.social.position);
    expect(written.map(({ subject }) => subject)).toEqual([subjects.tick(EVENT)]);
  });

  it('writes none for a change that is in force already', async () => {
    const { event, ticker, written } = setUp();
    event.befriend('vera', 'ada');
    await event.tick();
    event.time.now += 1000;
    ticker.graphChanged(event.social.position);
    expect(written).toEqual([]);
  });

  it.each([
    ['a lever of the content', { leverRev: 1, levers: TURNED }, { leverRev: 1, levers: TURNED }],
    ['the epoch', { epoch: EPOCH + 1 }, { epoch: EPOCH + 1 }],
  ])('writes a tick when %s is turned, though nothing is said', async (_, turn, carried) => {
    const { event, ticker, written, turned } = setUp();
    await event.segments(1);
    event.time.now += 1000;
    ticker.wake();
    expect(written).toEqual([]);
    Object.assign(turned, turn);
    ticker.wake();
    expect(written.map(({ data }) => JSON.parse(Buffer.from(data).toString()) as object)).toMatchObject([carried]);
  });

  it('writes none for levers before an event has begun, nor for older ones than the last tick has', async () => {
    const { event, ticker, written, turned } = setUp();
    Object.assign(turned, { leverRev: 1, levers: TURNED });
    ticker.wake();
    await event.status('ada');
    const { feed } = event.room;
    await event.tickOf(feed.nextTick({ epoch: EPOCH, at: 0, social: 0, leverRev: 2, levers: LEVERS }));
    event.time.now += 1000;
    ticker.wake();
    expect(written).toEqual([]);
    const next = feed.nextTick({ epoch: EPOCH, at: 1000, social: 0, leverRev: 1, levers: TURNED });
    expect(next).toMatchObject({ leverRev: 2, levers: LEVERS });
  });

  it('counts a segment from when its own tick was written, and from when another one was applied', async () => {
    const { event, ticker, written } = setUp({ isStored: true });
    const waits = jest.spyOn(globalThis, 'setTimeout');
    await event.status('ada');
    ticker.wake();
    // Ours takes its way through the log and to all viewers.
    event.time.now += 300;
    await event.tickOf(JSON.parse(Buffer.from(written[0]!.data).toString()) as object);
    await event.status('ada');
    ticker.wake();
    expect(waits.mock.lastCall![1]).toBe(700);
    ticker.stop();

    const other = setUp();
    await other.event.segments(1);
    other.event.time.now += 50;
    await other.event.status('ada');
    other.ticker.wake();
    expect(waits.mock.lastCall![1]).toBe(950);
    other.ticker.stop();
  });

  it('goes on waiting when a tick that was on its way does not carry the change', async () => {
    const { event, ticker, written, lease } = setUp();
    event.befriend('vera', 'ada');
    const before = event.social.position;
    event.befriend('vera', 'ben');
    lease.held = false;
    ticker.graphChanged(event.social.position);
    await event.tick(before);
    lease.held = true;
    event.time.now += 1000;
    ticker.wake();
    expect(written).toHaveLength(1);
  });
});
