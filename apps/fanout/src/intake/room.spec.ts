import { jest } from '@jest/globals';
import { HELD_REQUESTS } from './room.js';
import { ScriptedEvent } from './scripted-event.js';

describe('Room', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits once, and not at every tick, for a graph that SOCIAL has lost', async () => {
    jest.useFakeTimers();
    const event = new ScriptedEvent();
    const first = event.tick(5);
    await jest.advanceTimersByTimeAsync(5_000);
    await first;
    await event.tick(6);
    await event.tick(6);
    expect(event.room.frames.head.n).toBe(3);
    expect(event.room.graph.position).toBe(6);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('waits again once SOCIAL has got that far', async () => {
    jest.useFakeTimers();
    const event = new ScriptedEvent();
    const first = event.tick(1);
    await jest.advanceTimersByTimeAsync(5_000);
    await first;
    event.befriend('vera', 'ada');
    const second = event.tick(2);
    await jest.advanceTimersByTimeAsync(0);
    expect(event.room.graph.position).toBe(1);
    await jest.advanceTimersByTimeAsync(5_000);
    await second;
    expect(event.room.graph.position).toBe(2);
  });

  it('holds so many requests for a segment to come, and no more', async () => {
    jest.useFakeTimers();
    const { room } = new ScriptedEvent();
    let answered = 0;
    const ask = async () => {
      await room.sealed(1, 2_000);
      answered++;
    };
    const held = Array.from({ length: HELD_REQUESTS }, ask);
    await ask();
    expect(answered).toBe(1);
    await jest.advanceTimersByTimeAsync(2_000);
    await Promise.all(held);
    expect(answered).toBe(HELD_REQUESTS + 1);
  });
});
