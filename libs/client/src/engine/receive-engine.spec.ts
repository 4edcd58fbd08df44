import { CLOSE } from '@groundswell/protocol';
import type { ClientMessage, ServerFrame, Tab } from '@groundswell/protocol';
import {
  EPOCH,
  everyoneMark,
  everyoneSnap,
  friendsMark,
  friendsSnap,
  item,
  segment,
  welcome,
} from '../../test/model-ops.js';
import { GREET_MS, ReceiveEngine, SETTLE_MS } from './receive-engine.js';
import type { EngineOptions } from './receive-engine.js';
import type { Effect, FeedEvent } from './states.js';

function engineWith(options: Partial<EngineOptions> = {}): ReceiveEngine {
  return new ReceiveEngine({ event: 'final', random: () => 0.5, ...options });
}

function frame(engine: ReceiveEngine, value: ServerFrame): Effect[] {
  return engine.receive({ t: 'frame', data: JSON.stringify(value) });
}

function live(options: Partial<EngineOptions> = {}, token = 'jwt'): ReceiveEngine {
  const engine = engineWith(options);
  engine.receive({ t: 'start' });
  engine.receive({ t: 'opened', token });
  frame(engine, welcome());
  return engine;
}

const sent = (effects: Effect[]): ClientMessage[] => effects.flatMap((e) => (e.t === 'send' ? [e.message] : []));
const emitted = (effects: Effect[], t: FeedEvent['t']) => effects.filter((e) => e.t === 'emit' && e.event.t === t);
const timer = (effects: Effect[], name: string) => effects.findLast((e) => e.t === 'set' && e.timer === name);

describe('ReceiveEngine: connecting', () => {
  it('goes idle, connecting, greeting, live', () => {
    const engine = engineWith();
    const seen: string[] = [engine.state.t];
    engine.receive({ t: 'start' });
    seen.push(engine.state.t);
    engine.receive({ t: 'opened' });
    seen.push(engine.state.t);
    frame(engine, welcome());
    seen.push(engine.state.t);
    expect(seen).toEqual(['idle', 'connecting', 'greeting', 'live']);
  });

  it('W2: hello carries the cursors that are held', () => {
    const engine = engineWith({ everyone: { epoch: EPOCH, n: 3 }, friends: { epoch: EPOCH, seq: 44 } });
    engine.receive({ t: 'start' });
    expect(sent(engine.receive({ t: 'opened', token: 'jwt' }))).toEqual([
      {
        t: 'hello',
        event: 'final',
        token: 'jwt',
        everyone: { epoch: EPOCH, n: 3 },
        friends: { epoch: EPOCH, seq: 44 },
      },
    ]);
  });

  it('W8: a signed-out client asks for Everyone only', () => {
    const engine = engineWith();
    engine.receive({ t: 'start' });
    expect(sent(engine.receive({ t: 'opened' }))).toEqual([{ t: 'hello', event: 'final', everyone: null }]);
  });

  it('gives up on a socket that is not welcomed in time', () => {
    const engine = engineWith();
    expect(timer(engine.receive({ t: 'start' }), 'greet')).toEqual({ t: 'set', timer: 'greet', ms: GREET_MS });
    expect(engine.receive({ t: 'timer', name: 'greet' })).toContainEqual({ t: 'close', code: 1000 });
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'timeout' });
  });

  it('says which tab is shown once it is welcomed, and whenever that changes', () => {
    const engine = engineWith({ shown: 'friends' });
    engine.receive({ t: 'start' });
    engine.receive({ t: 'opened' });
    expect(sent(frame(engine, welcome()))).toEqual([{ t: 'show', tab: 'friends' }]);
    expect(sent(engine.receive({ t: 'show', tab: 'friends' }))).toEqual([]);
    expect(sent(engine.receive({ t: 'show', tab: 'everyone' }))).toEqual([{ t: 'show', tab: 'everyone' }]);
  });

  it('hands a renewed token to a live socket only', () => {
    expect(sent(live().receive({ t: 'token', token: 'new' }))).toEqual([{ t: 'auth', token: 'new' }]);
    expect(sent(engineWith().receive({ t: 'token', token: 'new' }))).toEqual([]);
  });

  it('N2: refuses a node that is at an older epoch', () => {
    const engine = engineWith({ everyone: { epoch: EPOCH, n: 3 } });
    engine.receive({ t: 'start' });
    engine.receive({ t: 'opened' });
    expect(emitted(frame(engine, welcome({ epoch: EPOCH - 1 })), 'fault')).toHaveLength(1);
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'fault' });
  });
});

describe('ReceiveEngine: reconnecting', () => {
  it('W6: comes back after a random wait that grows while connections fail', () => {
    const engine = engineWith({ random: () => 0.999_999 });
    engine.receive({ t: 'start' });
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      engine.receive({ t: 'closed', code: 1006 });
      waits.push(engine.state.t === 'waiting' ? engine.state.delayMs : -1);
      engine.receive({ t: 'timer', name: 'retry' });
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it('W6: forgets earlier failures only when a connection has lasted', () => {
    const engine = engineWith();
    engine.receive({ t: 'start' });
    engine.receive({ t: 'closed', code: 1006 });
    engine.receive({ t: 'timer', name: 'retry' });
    engine.receive({ t: 'opened' });
    expect(timer(frame(engine, welcome()), 'settle')).toEqual({ t: 'set', timer: 'settle', ms: SETTLE_MS });
    expect(engine.state).toMatchObject({ t: 'live', attempt: 1 });
    engine.receive({ t: 'timer', name: 'settle' });
    expect(engine.state).toMatchObject({ t: 'live', attempt: 0 });
  });

  it('W6: bye is kept to, also when the network reports itself back', () => {
    const engine = live();
    const effects = frame(engine, { t: 'bye', code: 'drain', afterMs: 7_300 });
    expect(effects).toContainEqual({ t: 'close', code: 1000 });
    expect(timer(effects, 'retry')).toEqual({ t: 'set', timer: 'retry', ms: 7_300 });
    engine.receive({ t: 'online', online: true });
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'bye' });
  });

  it('W6: a server that says bye at once, again and again, meets the backoff', () => {
    const engine = live();
    frame(engine, { t: 'bye', code: 'drain', afterMs: 0 });
    engine.receive({ t: 'timer', name: 'retry' });
    engine.receive({ t: 'opened' });
    frame(engine, welcome());
    frame(engine, { t: 'bye', code: 'drain', afterMs: 0 });
    expect(engine.state).toMatchObject({ t: 'waiting', delayMs: 2_250 });
  });

  it.each(Object.values(CLOSE).filter(({ retry }) => !retry))('W1: $code ($reason) stops with a remedy', ({ code }) => {
    const engine = live();
    expect(emitted(engine.receive({ t: 'closed', code }), 'stopped')).toHaveLength(1);
    expect(engine.state).toMatchObject({
      t: 'stopped',
      error: { closeCode: code, remedy: expect.stringMatching(/\S/) },
    });
  });

  it.each([1000, 1001, 1006, 1009, 4503, 4504, 4999])('W1: %d is worth a retry', (code) => {
    const engine = live();
    engine.receive({ t: 'closed', code });
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'lost' });
  });

  it('connects at once when the network is back', () => {
    const engine = live();
    engine.receive({ t: 'closed', code: 1006 });
    expect(engine.receive({ t: 'online', online: true })).toContainEqual({ t: 'open' });
  });

  it('pings after silence, reconnects after as much silence again', () => {
    const engine = live();
    expect(sent(engine.receive({ t: 'timer', name: 'quiet' }))).toEqual([{ t: 'ping' }]);
    expect(frame(engine, { t: 'pong' })).toContainEqual({ t: 'set', timer: 'quiet', ms: 30_000 });
    expect(sent(engine.receive({ t: 'timer', name: 'quiet' }))).toEqual([{ t: 'ping' }]);
    engine.receive({ t: 'timer', name: 'quiet' });
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'timeout' });
  });

  it('checks the connection when the page is shown again', () => {
    expect(sent(live().receive({ t: 'visibility', visible: true }))).toEqual([{ t: 'ping' }]);
  });

  it('starts again after a stop, with its cursors', () => {
    const engine = live({ friends: { epoch: EPOCH, seq: 9 } });
    engine.receive({ t: 'stop' });
    expect(engine.state).toEqual({ t: 'stopped' });
    engine.receive({ t: 'start' });
    expect(sent(engine.receive({ t: 'opened', token: 'jwt' }))).toMatchObject([{ friends: { seq: 9 } }]);
  });
});

describe('ReceiveEngine: frames', () => {
  it('W2: a resume continues both tabs; what is older is counted and left out', () => {
    const engine = live({ everyone: { epoch: EPOCH, n: 3 }, friends: { epoch: EPOCH, seq: 44 } });
    const effects = [segment(3), segment(4), item(44), item(60)].flatMap((value) => frame(engine, value));
    expect(emitted(effects, 'seg')).toEqual([{ t: 'emit', event: { t: 'seg', frame: segment(4) } }]);
    expect(emitted(effects, 'item')).toEqual([{ t: 'emit', event: { t: 'item', frame: item(60) } }]);
    expect(engine.stats.stale).toBe(2);
  });

  it('H3: a hole in Everyone reconnects with the cursor before it', () => {
    const engine = live({ everyone: { epoch: EPOCH, n: 3 } });
    expect(emitted(frame(engine, segment(5)), 'seg')).toEqual([]);
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'fault' });
    expect(engine.cursors.everyone).toEqual({ epoch: EPOCH, n: 3 });
  });

  it('W3: a mark that counts more Friends items than came asks for a fresh snapshot', () => {
    const engine = live({ friends: { epoch: EPOCH, seq: 44 } });
    frame(engine, item(60));
    expect(emitted(frame(engine, friendsMark(60, 2)), 'gap')).toEqual([
      { t: 'emit', event: { t: 'gap', tab: 'friends', sent: 2, received: 1 } },
    ]);
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'gap' });
    engine.receive({ t: 'timer', name: 'retry' });
    expect(sent(engine.receive({ t: 'opened', token: 'jwt' }))).toMatchObject([{ friends: null }]);
  });

  it('W3: a gap of Everyone resumes from the last contiguous segment', () => {
    const engine = live({ everyone: { epoch: EPOCH, n: 3 } });
    frame(engine, everyoneMark(4, 1));
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'gap' });
    expect(engine.cursors.everyone).toEqual({ epoch: EPOCH, n: 3 });
  });

  it('W8: frames of a tab that was not asked for are ignored', () => {
    const engine = live({ tabs: ['friends'], friends: { epoch: EPOCH, seq: 1 } });
    const effects = [segment(1), everyoneSnap(4), everyoneMark(4, 9)].flatMap((value) => frame(engine, value));
    expect(effects.filter(({ t }) => t === 'emit')).toEqual([]);
    expect(engine.state.t).toBe('live');
  });

  it('W3: a mark where a snapshot had to come first is a fault', () => {
    const engine = live();
    frame(engine, friendsMark(4, 0));
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'fault' });
  });

  it('N2: the welcome sets the epoch: even a first snapshot of an older one is ignored', () => {
    const engine = live();
    const effects = [everyoneSnap(50, [], EPOCH - 1), friendsSnap(50, [], EPOCH - 1)].flatMap((value) =>
      frame(engine, value),
    );
    expect(emitted(effects, 'snap')).toEqual([]);
    expect(engine.cursors).toEqual({ everyone: null, friends: null });
  });

  it('W3: counts start anew with each socket', () => {
    const engine = live({ friends: { epoch: EPOCH, seq: 44 } });
    frame(engine, item(60));
    engine.receive({ t: 'closed', code: 1006 });
    engine.receive({ t: 'timer', name: 'retry' });
    engine.receive({ t: 'opened', token: 'jwt' });
    frame(engine, welcome());
    frame(engine, item(61));
    expect(emitted(frame(engine, friendsMark(70, 1)), 'mark')).toHaveLength(1);
    expect(engine.cursors.friends).toEqual({ epoch: EPOCH, seq: 70 });
  });

  it('W5: skip is told and counted, and the snapshot after it replaces', () => {
    const engine = live({ everyone: { epoch: EPOCH, n: 3 } });
    frame(engine, { t: 'skip', tab: 'everyone', from: 3, to: 90, missed: 87 });
    frame(engine, everyoneSnap(90));
    expect(engine.stats).toMatchObject({ skips: 1, missed: 87 });
    expect(engine.cursors.everyone).toEqual({ epoch: EPOCH, n: 90 });
  });

  it.each<Tab>(['everyone', 'friends'])('N3: reset forgets the cursor of %s until a snapshot comes', (tab) => {
    const engine = live({ everyone: { epoch: EPOCH, n: 3 }, friends: { epoch: EPOCH, seq: 3 } });
    frame(engine, { t: 'reset', tab, reason: 'epoch' });
    expect(engine.cursors[tab]).toBeNull();
    frame(engine, tab === 'everyone' ? everyoneSnap(1, [], EPOCH + 1) : friendsSnap(1, [], EPOCH + 1));
    expect(engine.cursors[tab]).toMatchObject({ epoch: EPOCH + 1 });
  });

  it('a frame that cannot be read is a fault', () => {
    const engine = live();
    engine.receive({ t: 'frame', data: '{' });
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'fault' });
  });

  it('content before welcome is a fault; errors are passed on', () => {
    const engine = engineWith();
    engine.receive({ t: 'start' });
    engine.receive({ t: 'opened' });
    expect(emitted(frame(engine, { t: 'error', code: 'view_behind', message: 'x' }), 'error')).toHaveLength(1);
    frame(engine, segment(1));
    expect(engine.state).toMatchObject({ t: 'waiting', reason: 'fault' });
  });
});
