import type { EveryoneCursor } from '@groundswell/protocol';
import { ManualTimers, microtasks } from '../../test/manual-timers.js';
import { EPOCH, segment } from '../../test/model-ops.js';
import { ModelStreams } from '../../test/model-streams.js';
import type { CarriedFrame } from '../engine/sink.js';
import { EventStream } from './event-stream.js';

async function rig(status = 200) {
  const streams = new ModelStreams();
  streams.status = status;
  const timers = new ManualTimers();
  const log: string[] = [];
  const cursor: EveryoneCursor = { epoch: EPOCH, n: 0 };
  const sink = {
    cursor,
    epoch: EPOCH,
    take(frame: CarriedFrame): void {
      log.push(frame.t);
      if (frame.t === 'seg') sink.cursor = { epoch: frame.epoch, n: frame.n };
    },
  };
  const stream = new EventStream({
    baseUrl: 'https://host',
    event: 'final',
    fetch: streams.fetch,
    sink,
    timers,
    onProved: () => log.push('proved'),
    onEnded: (bye) => log.push(bye ? `bye ${bye.afterMs}` : 'ended'),
  });
  stream.open();
  await microtasks();
  return { streams, timers, log, stream };
}

describe('EventStream', () => {
  it('S1: hands over frames from the cursor on, and is proved by the first', async () => {
    const { streams, log } = await rig();
    expect(streams.last?.after).toBe(`${EPOCH}.0`);
    streams.tick();
    streams.tick();
    streams.last?.flush();
    await microtasks();
    expect(log).toEqual(['seg', 'proved', 'seg']);
  });

  it('S1: a heartbeat keeps it alive and proves nothing; silence ends it', async () => {
    const { streams, timers, log } = await rig();
    timers.advance(30_000);
    streams.last?.pushRaw(': \n\n');
    await microtasks();
    timers.advance(30_000);
    expect(log).toEqual([]);
    timers.advance(5_000);
    expect([log, streams.last?.cancelled]).toEqual([['ended'], true]);
  });

  it.each([503, 404])('ends when the answer is %i', async (status) => {
    const { log, timers } = await rig(status);
    expect([log, timers.pending]).toEqual([['ended'], 0]);
  });

  it('ends when no answer comes', async () => {
    const { log, timers } = await rig(0);
    timers.advance(10_000);
    expect(log).toEqual(['ended']);
  });

  it('says when the server said bye', async () => {
    const { streams, log } = await rig();
    streams.last?.push({ t: 'bye', code: 'expired', afterMs: 700 });
    streams.last?.flush();
    await microtasks();
    expect(log).toEqual(['bye 700']);
  });

  it('ends at a frame that is none, and takes nothing after it', async () => {
    const { streams, log } = await rig();
    streams.last?.pushRaw(`data: {"t":"seg"}\n\ndata: ${JSON.stringify(segment(1))}\n\n`);
    await microtasks();
    expect(log).toEqual(['ended']);
  });

  it('takes nothing and says nothing once it was closed', async () => {
    const { streams, log, stream, timers } = await rig();
    stream.close();
    streams.tick();
    streams.last?.flush();
    await microtasks();
    expect([log, timers.pending, streams.last?.cancelled]).toEqual([[], 0, true]);
  });
});
