import { jest } from '@jest/globals';
import { HELLO_TIMEOUT_MS } from '@groundswell/protocol';
import { PaperSocket } from '../hub/paper-socket.js';
import { HelloDeadline } from './hello-deadline.js';

describe('HelloDeadline', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const closes = (sockets: PaperSocket[]) => sockets.map((socket) => socket.closes.map(({ code }) => code));

  it('W1: closes each in its own time, with one timer', () => {
    const deadline = new HelloDeadline(clock);
    const sockets = [1, 2, 3].map((id) => new PaperSocket(id));
    for (const { connection } of sockets) {
      deadline.watch(connection);
      jest.advanceTimersByTime(1_000);
    }
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(HELLO_TIMEOUT_MS - 3_000);
    expect(closes(sockets)).toEqual([[4508], [], []]);
    jest.advanceTimersByTime(2_000);
    expect(closes(sockets)).toEqual([[4508], [4508], [4508]]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves those alone that have said hello', () => {
    const deadline = new HelloDeadline(clock);
    const socket = new PaperSocket();
    deadline.watch(socket.connection);
    deadline.forget(socket.connection);
    jest.advanceTimersByTime(HELLO_TIMEOUT_MS);
    expect(closes([socket])).toEqual([[]]);
  });
});
