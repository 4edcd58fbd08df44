import type { Envelope } from '@groundswell/contracts';
import { createLog } from '@groundswell/runtime';
import { EPOCH, EVENT, ScriptedEvent } from '../intake/scripted-event.js';
import { Ticker } from './ticker.js';

const LEVERS = { 'everyone.segment_ms': 1000, 'everyone.segment_max_bytes': 262_144 };

function setUp() {
  const event = new ScriptedEvent();
  const written: Envelope[] = [];
  const ticker = new Ticker({
    event: EVENT,
    node: 'a',
    feed: event.room.feed,
    clock: event.clock,
    log: createLog('spec', 'silent'),
    lease: { held: true },
    publish: (envelope) => {
      written.push(envelope);
      return new Promise(() => undefined);
    },
    examined: () => event.room.examined,
    input: () => ({ epoch: EPOCH, social: event.social.position, leverRev: 0, levers: LEVERS }),
  });
  return { event, ticker, written };
}

describe('Ticker', () => {
  it('writes for a graph change that waits, and not again once it is in force', async () => {
    const { event, ticker, written } = setUp();
    event.befriend('vera', 'ada');
    await event.tick();
    ticker.graphChanged(1);
    expect(written).toHaveLength(0);
    event.befriend('vera', 'ben');
    ticker.graphChanged(2);
    expect(written).toHaveLength(1);
    ticker.stop();
  });

  it('goes on waiting for a graph change that the tick just applied does not carry', async () => {
    const { event, ticker, written } = setUp();
    event.time.now = 10_000;
    event.befriend('vera', 'ada');
    const social = event.social.position;
    ticker.graphChanged(social + 1);
    written.length = 0;
    // Another node's tick, written before that node had read the change.
    const other = new Ticker({ ...setUp().ticker['o'], feed: event.room.feed });
    other.graphChanged(social + 1);
    await event.tick(social);
    other.applied();
    event.befriend('vera', 'ben');
    other.wake();
    expect(other['dueIn']()).toBeDefined();
    other.stop();
    ticker.stop();
  });
});
