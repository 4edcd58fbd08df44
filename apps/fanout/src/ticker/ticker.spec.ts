import { subjects, type Envelope } from '@groundswell/contracts';
import { createLog } from '@groundswell/runtime';
import { EPOCH, EVENT, ScriptedEvent } from '../intake/scripted-event.js';
import { Ticker } from './ticker.js';

const LEVERS = { 'everyone.segment_ms': 1000, 'everyone.segment_max_bytes': 262_144 };

function setUp() {
  const event = new ScriptedEvent();
  const written: Envelope[] = [];
  const lease = { held: true };
  const ticker = new Ticker({
    event: EVENT,
    node: 'a',
    feed: event.room.feed,
    clock: event.clock,
    log: createLog('spec', 'silent'),
    lease,
    // Never acknowledged: one tick at most is written.
    publish: (envelope) => {
      written.push(envelope);
      return new Promise(() => undefined);
    },
    examined: () => event.room.examined,
    input: () => ({ epoch: EPOCH, social: event.social.position, leverRev: 0, levers: LEVERS }),
  });
  event.room.onTick = () => ticker.applied();
  return { event, ticker, written, lease };
}

describe('Ticker', () => {
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
