import { jest } from '@jest/globals';
import { Puller } from './puller.js';

const REST_MS = 20;

/** A puller before a server on paper, which tells it nothing by itself. */
function setUp(restMs = REST_MS) {
  const requests: { batch: number; no_wait?: boolean }[] = [];
  const send = (request: string) => void requests.push(JSON.parse(request) as (typeof requests)[number]);
  const time = { now: 0 };
  const puller = new Puller({ restMs, heartbeatMs: 1_000, send, now: () => time.now });
  const arrive = (count: number) => {
    for (let i = 0; i < count; i++) puller.arrived(100);
    puller.window.handled(puller.window.share());
  };
  const nothing = () => puller.returned(puller.window.outstanding, { nothing: true });
  /** What was asked since the last call: messages, and whether only what is there now. */
  const asked = () => requests.splice(0).map(({ batch, no_wait = false }) => [batch, no_wait]);
  const standing = () => {
    puller.start();
    nothing();
    asked();
  };
  return { puller, time, arrive, nothing, asked, standing };
}

const BURST = [[1_000, true]];

describe('Puller', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('without rests, asks ahead and takes messages as they come', () => {
    const { puller, arrive, asked } = setUp(0);
    puller.start();
    arrive(499);
    expect(asked()).toEqual([[1_000, false]]);
    arrive(1);
    expect(asked()).toEqual([[1_000, false]]);
  });

  it('fetches what is behind without rests, then takes messages as they come', () => {
    const { puller, arrive, nothing, asked } = setUp();
    puller.start();
    arrive(1_000);
    arrive(300);
    expect(asked()).toEqual([...BURST, ...BURST]);
    nothing();
    expect(asked()).toEqual([[16, false]]);
  });

  it('takes few messages at once, however long they go on', () => {
    const { time, arrive, asked, standing } = setUp();
    standing();
    for (let i = 0; i < 32; i++) {
      time.now += 25;
      arrive(1);
    }
    expect(asked()).toEqual(Array.from({ length: 2 }, () => [16, false]));
  });

  it('reads in bursts with rests while many come, and as they come again after three empty ones', () => {
    const { arrive, nothing, asked, standing } = setUp();
    standing();
    arrive(16);
    expect(asked()).toEqual([]);
    jest.advanceTimersByTime(REST_MS - 1);
    expect(asked()).toEqual([]);
    for (let i = 0; i < 10; i++) {
      jest.advanceTimersByTime(REST_MS);
      expect(asked()).toEqual(BURST);
      arrive(20);
      nothing();
    }
    for (let i = 0; i < 3; i++) {
      expect(asked()).toEqual([]);
      jest.advanceTimersByTime(REST_MS);
      expect(asked()).toEqual(BURST);
      nothing();
    }
    expect(asked()).toEqual([[16, false]]);
  });

  it('goes on at once after a burst that brought as many as it asked for, or was cut off by its bytes', () => {
    const { puller, arrive, asked, standing } = setUp();
    standing();
    arrive(16);
    jest.advanceTimersByTime(REST_MS);
    arrive(1_000);
    expect(asked()).toEqual([...BURST, ...BURST]);
    arrive(10);
    puller.returned(990, { nothing: false });
    expect(asked()).toEqual(BURST);
  });

  it('asks for nothing while too much waits, and goes on when it has been handled', () => {
    const { puller, asked } = setUp();
    puller.start();
    for (let i = 0; i < 4_000; i++) puller.arrived(100);
    expect(asked()).toHaveLength(4);
    puller.window.handled(puller.window.share());
    puller.pull();
    expect(asked()).toEqual(BURST);
  });

  it('starts over with a new consumer', () => {
    const { puller, arrive, asked, standing } = setUp();
    standing();
    arrive(16);
    puller.start();
    expect(asked()).toEqual(BURST);
    jest.advanceTimersByTime(10 * REST_MS);
    expect(asked()).toEqual([]);
  });
});
