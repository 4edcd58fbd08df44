import { EPOCH, everyoneMark, everyoneSnap, segment, welcome } from '../../test/model-ops.js';
import { ReceiveEngine } from './receive-engine.js';
import type { CarriedFrame } from './sink.js';
import type { FeedEvent } from './states.js';

function live() {
  const engine = new ReceiveEngine({ event: 'final', random: () => 0, everyone: { epoch: EPOCH, n: 5 } });
  const take = (input: Parameters<ReceiveEngine['receive']>[0]): FeedEvent[] =>
    engine.receive(input).flatMap((effect) => (effect.t === 'emit' ? [effect.event] : []));
  const frame = (data: object) => take({ t: 'frame', data: JSON.stringify(data) });
  const relay = (carried: CarriedFrame) => take({ t: 'relay', frame: carried });
  take({ t: 'start' });
  take({ t: 'opened' });
  frame(welcome());
  return { engine, frame, relay, take };
}

describe('ReceiveEngine, for what other transports bring', () => {
  it('N2: takes it once, whoever is first', () => {
    const { frame, relay, engine } = live();
    expect(relay(segment(6))).toMatchObject([{ t: 'seg' }]);
    expect(frame(segment(6))).toEqual([{ t: 'stale', tab: 'everyone', frame: 'seg' }]);
    expect(frame(segment(7))).toMatchObject([{ t: 'seg' }]);
    expect(relay(segment(7))).toEqual([{ t: 'stale', tab: 'everyone', frame: 'seg' }]);
    expect(engine.cursors.everyone).toEqual({ epoch: EPOCH, n: 7 });
  });

  it('W3: marks count what the socket brought, and nothing else', () => {
    const { frame, relay } = live();
    relay(segment(6));
    frame(segment(6));
    expect(frame(everyoneMark(6, 1))).toMatchObject([{ t: 'mark' }]);
  });

  it('a hole in it is a fault, but no reason to leave the socket', () => {
    const { relay, engine } = live();
    expect(relay(segment(8))).toMatchObject([{ t: 'fault' }]);
    expect([engine.state.t, engine.stats.faults]).toEqual(['live', 1]);
  });

  it('H2: a skip says only what nothing else has brought', () => {
    const { frame, relay, engine } = live();
    const skip = { t: 'skip', tab: 'everyone', from: 5, to: 90, missed: 85 } as const;
    relay(everyoneSnap(80));
    expect(frame(skip)).toEqual([{ t: 'skip', frame: { ...skip, from: 80, missed: 10 } }]);
    relay(everyoneSnap(90));
    expect(frame(skip)).toEqual([]);
    expect(engine.stats.missed).toBe(10);
  });

  it('N3: a reset forgets the cursor, not the epoch', () => {
    const { relay, engine } = live();
    relay({ t: 'reset', tab: 'everyone', reason: 'epoch' });
    expect([engine.cursors.everyone, engine.epoch]).toEqual([null, EPOCH]);
    expect(relay(everyoneSnap(9, [], EPOCH - 1))).toMatchObject([{ t: 'stale' }]);
  });

  it('H6: passes takedowns on', () => {
    expect(live().relay({ t: 'tombs', ids: ['a'] })).toEqual([{ t: 'tombs', ids: ['a'] }]);
  });

  it('takes nothing after a stop', () => {
    const { relay, take, engine } = live();
    take({ t: 'stop' });
    expect(relay(segment(6))).toEqual([]);
    expect(engine.cursors.everyone?.n).toBe(5);
  });
});
