import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ScriptedEvent } from '../intake/scripted-event.js';
import { EventStreams } from './event-streams.js';

/** A response on paper: keeps what is written, and is as full as the spec says. */
class PaperResponse extends EventEmitter {
  readonly written: string[] = [];
  writableNeedDrain = false;
  writableEnded = false;

  flushHeaders(): void {
    this.written.push('head');
  }

  write(data: Buffer): boolean {
    this.written.push(data.toString());
    return !this.writableNeedDrain;
  }

  end(): void {
    this.writableEnded = true;
    this.emit('close');
  }

  get names(): string[] {
    return this.written.map((text) => /^event: (\w+)/.exec(text)?.[1] ?? text);
  }
}

describe('EventStreams', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] }));
  afterEach(() => void jest.useRealTimers());

  function setUp({ maxLifeMs = 300_000 } = {}) {
    const event = new ScriptedEvent();
    const streams = new EventStreams({
      frames: event.room.frames,
      levers: { enabled: () => true, maxBehind: () => 8 },
      maxLifeMs: () => maxLifeMs,
      clock: event.clock,
    });
    const open = (n?: number) => {
      const response = new PaperResponse();
      const { epoch } = event.room.frames.head;
      streams.open(response as unknown as ServerResponse, n === undefined ? undefined : { epoch, n });
      return response;
    };
    const pass = (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        event.time.now += 1_000;
        jest.advanceTimersByTime(1_000);
      }
    };
    return { event, streams, open, pass };
  }

  it('S1: says something every 15 s, though nothing happens', () => {
    const { open, pass } = setUp();
    const response = open();
    pass(14_000);
    expect(response.names).toEqual(['head', 'snap']);
    pass(2_000);
    expect(response.written.at(-1)).toBe(': \n\n');
    pass(13_000);
    expect(response.written).toHaveLength(3);
  });

  it('S1: ends a stream after its life, with a word', () => {
    const { streams, open, pass } = setUp({ maxLifeMs: 30_000 });
    const response = open();
    pass(30_000);
    expect(response.names.at(-1)).toBe('bye');
    expect([response.writableEnded, streams.size]).toEqual([true, 0]);
  });

  it('W5: writes nothing to who is full, and what is missing when there is room again', async () => {
    const { event, streams, open } = setUp();
    const response = open();
    response.writableNeedDrain = true;
    await event.segments(3);
    streams.sealed({ retracted: false });
    expect(response.names).toEqual(['head', 'snap']);
    response.writableNeedDrain = false;
    response.emit('drain');
    expect(response.names).toEqual(['head', 'snap', 'seg', 'seg', 'seg']);
  });

  it('H6: shows nobody what was taken back, also not from what it has rendered', async () => {
    const { event, streams, open } = setUp();
    const id = await event.status('ada', 'everyone', 'regretted');
    await event.tick();
    expect(open(0).written.at(-1)).toContain('regretted');
    await event.retract(id, 'ada');
    await event.tick();
    streams.sealed({ retracted: true });
    const late = open(0);
    expect(late.names).toEqual(['head', 'seg', 'seg']);
    expect(late.written.join('')).not.toContain('regretted');
  });

  it('forgets who has gone', () => {
    const { streams, open } = setUp();
    const response = open();
    response.emit('close');
    expect(streams.size).toBe(0);
  });
});
