import type { EveryoneCursor } from '@groundswell/protocol';
import { ManualTimers, microtasks } from '../../test/manual-timers.js';
import { EPOCH, segment } from '../../test/model-ops.js';
import { ModelPages } from '../../test/model-pages.js';
import { PageReader } from './page-reader.js';
import { Poller } from './poller.js';
import type { CarriedFrame } from '../engine/sink.js';

const pollers: Poller[] = [];

function rig(cursor: EveryoneCursor | null = null) {
  const pages = new ModelPages();
  const timers = new ManualTimers();
  const clock = { at: 0, jump: 0, wall: () => clock.at + clock.jump, monotonic: () => clock.at };
  const told: string[] = [];
  const sink = {
    cursor,
    epoch: cursor?.epoch ?? 0,
    take(frame: CarriedFrame): void {
      told.push(line(frame));
      if (frame.t === 'reset') sink.cursor = null;
      if (frame.t === 'seg') sink.cursor = { epoch: frame.epoch, n: frame.n };
      if (frame.t === 'snap') sink.cursor = frame.cursor;
      sink.epoch = Math.max(sink.epoch, sink.cursor?.epoch ?? 0);
    },
  };
  const reader = new PageReader({ baseUrl: 'https://host', event: 'final', fetch: pages.fetch, timers });
  const poller = new Poller({ pages: reader, sink, timers, clock, random: () => 0.5 });
  pollers.push(poller);
  const pass = async (ms: number) => {
    clock.at += ms;
    pages.now += ms;
    timers.advance(ms);
    for (let i = 0; i < 4; i++) await microtasks();
  };
  const start = async (n: number) => {
    pages.n = n;
    poller.start();
    await pass(0);
  };
  return { pages, timers, clock, told, sink, poller, pass, start };
}

function line(frame: CarriedFrame): string {
  if (frame.t === 'seg') return `seg ${frame.n}`;
  if (frame.t === 'snap') return `snap ${frame.cursor.n}`;
  if (frame.t === 'skip') return `skip ${frame.from}-${frame.to}: ${frame.missed}`;
  return frame.t === 'tombs' ? `tombs ${frame.ids.join(' ')}` : frame.t;
}

afterEach(() => {
  for (const poller of pollers.splice(0)) poller.stop();
});

describe('Poller', () => {
  it('H1: sets its slot clock from the server, and is one request per poll while segments are inline', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    await start(10);
    expect(pages.requests[0]).toMatch(/^\/v1\/time\/[0-9a-f]{32}$/);
    expect(pages.taken()).toEqual(['head/1000/1000']);
    pages.n = 12;
    await pass(5_000);
    expect(pages.taken()).toEqual(['head/1000/1005']);
    expect(told).toEqual(['seg 9', 'seg 10', 'seg 11', 'seg 12']);
  });

  it('starts from the snapshot of the head', async () => {
    const { pages, told, start } = rig();
    pages.snap = 8;
    await start(10);
    expect(told).toEqual(['snap 8', 'seg 9', 'seg 10']);
  });

  it('H2: fetches what is missing by roll-ups and by number', async () => {
    const { pages, told, start } = rig({ epoch: EPOCH, n: 7 });
    await start(22);
    expect(pages.taken()).toEqual([
      'head/1000/1000',
      '7/segments/8',
      '7/segments/1x8',
      '7/segments/17',
      '7/segments/18',
    ]);
    expect(told).toEqual(Array.from({ length: 15 }, (_, i) => `seg ${i + 8}`));
  });

  it('H2: more than 64 behind, takes the snapshot and says how many were skipped', async () => {
    const { told, start } = rig({ epoch: EPOCH, n: 7 });
    await start(100);
    expect(told).toEqual(['skip 7-100: 93', 'snap 100']);
  });

  it('H2: pages no longer held lead to the snapshot', async () => {
    const { pages, told, start } = rig({ epoch: EPOCH, n: 7 });
    pages.refuse = { match: /segments\/10$/, status: 410 };
    await start(16);
    expect(told).toEqual(['seg 8', 'seg 9', 'skip 9-16: 7', 'snap 16']);
  });

  it('H3: a page that does not come holds back what follows it, until the next poll', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    pages.refuse = { match: /segments\/10$/, status: 503 };
    await start(15);
    expect(told).toEqual(['seg 9']);
    pages.refuse = undefined;
    await pass(2_000);
    expect(told.slice(1)).toEqual(['seg 10', 'seg 11', 'seg 12', 'seg 13', 'seg 14', 'seg 15']);
  });

  it('H2: a page that stays away gives its place to the snapshot', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    pages.refuse = { match: /segments\/10$/, status: 502 };
    await start(15);
    await pass(2_000);
    expect(told).toEqual(['seg 9', 'skip 9-15: 6', 'snap 15']);
    pages.n = 16;
    await pass(5_000);
    expect(told.slice(3)).toEqual(['seg 16']);
  });

  it('N2: ignores a head of an older epoch or number whole', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    pages.head = { tombs: ['a'], pollMs: 60_000 };
    await start(7);
    pages.epoch = EPOCH - 1;
    pages.n = 90;
    await pass(5_000);
    expect([told, pages.taken().length]).toEqual([[], 2]);
  });

  it('N3: a newer epoch resets to its snapshot', async () => {
    const { pages, told, start } = rig({ epoch: EPOCH, n: 8 });
    pages.epoch = EPOCH + 1;
    await start(3);
    expect(told).toEqual(['reset', 'snap 3']);
  });

  it('N3: a head still has segments of the epoch before inline', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    pages.epoch = EPOCH + 1;
    pages.head = { inline: [segment(8), segment(9), segment(10, EPOCH + 1)] };
    await start(10);
    expect(told).toEqual(['reset', 'snap 10']);
    pages.head = { inline: [segment(9), segment(10, EPOCH + 1), segment(11, EPOCH + 1)] };
    pages.n = 11;
    await pass(5_000);
    expect(told.slice(2)).toEqual(['seg 11']);
  });

  it('H4: a shed reply moves nothing but the interval', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    pages.head = { shed: true, pollMs: 30_000 };
    await start(10);
    pages.head = {};
    await pass(29_000);
    expect([told, pages.taken().length]).toEqual([[], 1]);
    await pass(1_000);
    expect(told).toEqual(['seg 9', 'seg 10']);
  });

  it('H4: a newcomer takes the snapshot that a shed head names, and nothing more', async () => {
    const { pages, told, start, pass } = rig();
    pages.head = { shed: true, inline: [], pollMs: 20_000 };
    await start(10);
    pages.n = 12;
    await pass(20_000);
    expect([told, pages.taken().length]).toEqual([['snap 10'], 3]);
    pages.head = {};
    await pass(20_000);
    expect(told.slice(1)).toEqual(['seg 11', 'seg 12']);
  });

  it('H4, H6: a shed head still says what was taken down, and how long slots are', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 8 });
    pages.head = { shed: true, inline: [], slotMs: 2_000, tombs: ['a'] };
    await start(10);
    await pass(5_000);
    expect([told, pages.taken()]).toEqual([['tombs a'], ['head/1000/1000', 'head/2000/502']]);
  });

  it('asks for no page before the event has begun', async () => {
    const { pages, told, start, pass } = rig();
    await start(0);
    await pass(5_000);
    expect([told, pages.taken()]).toEqual([[], ['head/1000/1000', 'head/1000/1005']]);
    pages.n = 1;
    await pass(5_000);
    expect(told).toEqual(['snap 1']);
  });

  it('H6: tells takedowns of the head once, before the content', async () => {
    const { pages, told, start, pass } = rig({ epoch: EPOCH, n: 9 });
    pages.head = { tombs: ['a'] };
    await start(10);
    pages.head = { tombs: ['a', 'b'] };
    await pass(5_000);
    expect(told).toEqual(['tombs a', 'seg 10', 'tombs b']);
  });

  it('H5: hidden pages poll slower, and at once when shown again', async () => {
    const { pages, poller, start, pass } = rig({ epoch: EPOCH, n: 9 });
    poller.visible(false);
    await start(10);
    await pass(29_000);
    expect(pages.taken()).toHaveLength(1);
    poller.visible(true);
    await pass(0);
    expect(pages.taken()).toEqual(['head/1000/1029']);
  });

  it('H1: asks for the time again after a clock jump, and never twice for one slot', async () => {
    const { pages, clock, poller, start, pass } = rig({ epoch: EPOCH, n: 9 });
    await start(10);
    poller.wake();
    await pass(0);
    expect(pages.taken()).toEqual(['head/1000/1000']);
    clock.jump = 1_800_000;
    await pass(1_000);
    expect(pages.requests.map((path) => path.replace(/time\/.*/, 'time'))).toEqual([
      '/v1/time',
      '/v1/events/final/head/1000/1001',
    ]);
  });

  it('H1: learns another slot length from the head', async () => {
    const { pages, start, pass } = rig({ epoch: EPOCH, n: 9 });
    pages.head = { slotMs: 2_000 };
    await start(10);
    await pass(5_000);
    expect(pages.taken()).toEqual(['head/1000/1000', 'head/2000/502']);
  });

  it('H3: what another transport brought meanwhile is not told again', async () => {
    const { told, sink, start, pass, pages } = rig({ epoch: EPOCH, n: 8 });
    await start(8);
    pages.n = 11;
    const passing = pass(5_000);
    sink.take(segment(9));
    await passing;
    expect(told).toEqual(['seg 9', 'seg 10', 'seg 11']);
  });

  it.each(['head', 'time', 'snapshots'])('tries again with backoff when %s cannot be had', async (kind) => {
    const { pages, told, start, pass } = rig();
    pages.refuse = { match: new RegExp(kind), status: 503 };
    await start(5);
    expect(told).toEqual([]);
    pages.refuse = undefined;
    await pass(2_000);
    expect(told).toEqual(['snap 5']);
  });

  it('H5: failures make a page ask no more often, but for the first', async () => {
    const { pages, start, pass } = rig({ epoch: EPOCH, n: 9 });
    pages.head = { pollMs: 60_000 };
    await start(10);
    pages.refuse = { match: /head/, status: 503 };
    for (let minutes = 0; minutes < 10; minutes++) for (let i = 0; i < 60; i++) await pass(1_000);
    expect(pages.taken().length).toBeLessThanOrEqual(12);
  });

  it('a segment of another number than its address counts as missing', async () => {
    const { pages, told, start } = rig({ epoch: EPOCH, n: 8 });
    pages.head = { inline: [segment(3), segment(9)] };
    await start(9);
    expect(told).toEqual([]);
  });

  it('goes on when a listener throws, and does not hide it', async () => {
    const { pages, timers, told, sink, start, pass } = rig({ epoch: EPOCH, n: 8 });
    const take = sink.take.bind(sink);
    sink.take = () => {
      throw new Error('a listener');
    };
    await start(9);
    expect(() => timers.advance(0)).toThrow('a listener');
    sink.take = take;
    pages.n = 10;
    await pass(2_000);
    expect(told).toEqual(['seg 9', 'seg 10']);
  });

  it('leaves no timer and takes nothing after a stop', async () => {
    const { poller, timers, told, pass, pages } = rig();
    pages.n = 5;
    poller.start();
    poller.stop();
    await pass(60_000);
    expect([told, timers.pending, poller.running]).toEqual([[], 0, false]);
  });
});
