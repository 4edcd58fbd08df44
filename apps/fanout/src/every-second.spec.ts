import { jest } from '@jest/globals';
import { everySecond } from './every-second.js';

describe('everySecond', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('calls all of them by one timer, until each is ended', () => {
    const calls: string[] = [];
    const endFirst = everySecond(() => calls.push('first'));
    jest.advanceTimersByTime(600);
    const endSecond = everySecond(() => calls.push('second'));
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(400);
    endFirst();
    jest.advanceTimersByTime(1_000);
    expect(calls).toEqual(['first', 'second', 'second']);
    endSecond();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('begins anew after all have ended', () => {
    everySecond(() => undefined)();
    let calls = 0;
    const end = everySecond(() => calls++);
    jest.advanceTimersByTime(2_000);
    end();
    expect(calls).toBe(2);
  });
});
