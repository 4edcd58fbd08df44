import { jest } from '@jest/globals';
import { Puller, type Rests } from './puller.js';

const REST_MS = 20;
const LONG_MS = 100;
const SOON_MS = 5;
const RESTS: Rests = { usualMs: REST_MS, longMs: LONG_MS };

/** A puller before a server on paper, which tells it nothing by itself. */
function setUp(rests: Rests | undefined = RESTS) {
  const requests: { batch: number; no_wait?: boolean }[] = [];
  const send = (request: string) => void requests.push(JSON.parse(request) as (typeof requests)[number]);
  const time = { now: 0 };
  const puller = new Puller({ rests, heartbeatMs: 1_000, send, now: () => time.now });
  const arrive = (count: number, pending = 0) => {
    for (let i = 1; i <= count; i++) puller.arrived(100, pending - i);
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
  const pass = (ms: number) => {
    time.now += ms;
    jest.advanceTimersByTime(ms);
  };
  /** Reads in bursts, and rests. */
  const resting = () => {
    standing();
    arrive(16);
  };
  return { puller, time, pass, arrive, nothing, asked, standing, resting };
}

const BURST = [[1_000, true]];

describe('Puller', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('without rests, asks ahead and takes messages as they come', () => {
    const requests: string[] = [];
    const puller = new Puller({ heartbeatMs: 1_000, send: (request) => void requests.push(request) });
    const asked = () => requests.splice(0).map((request) => [(JSON.parse(request) as { batch: number }).batch, false]);
    const arrive = (count: number) => {
      for (let i = 0; i < count; i++) puller.arrived(100, 0);
    };
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

  it('has the next fetch under way before the last one is here, as long as the log holds enough for both', () => {
    const { puller, arrive, nothing, asked } = setUp();
    puller.start();
    arrive(499, 2_100);
    expect(asked()).toEqual(BURST);
    arrive(1, 1_601);
    expect(asked()).toEqual(BURST);
    // Of 1,600 messages 1,500 are asked for.
    arrive(1_000, 1_600);
    expect(asked()).toEqual([]);
    arrive(500, 600);
    expect(asked()).toEqual(BURST);
    arrive(100, 100);
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
    const { pass, arrive, nothing, asked, resting } = setUp();
    resting();
    expect(asked()).toEqual([]);
    pass(REST_MS - 1);
    expect(asked()).toEqual([]);
    pass(1);
    for (let i = 0; i < 10; i++) {
      expect(asked()).toEqual(BURST);
      arrive(7);
      nothing();
      pass(REST_MS);
    }
    expect(asked()).toEqual(BURST);
    nothing();
    for (let i = 0; i < 2; i++) {
      expect(asked()).toEqual([]);
      pass(REST_MS);
      expect(asked()).toEqual(BURST);
      nothing();
    }
    expect(asked()).toEqual([[16, false]]);
  });

  it('rests longer while very many come, and as long as usual when they are fewer', () => {
    const { pass, arrive, nothing, asked, resting } = setUp();
    resting();
    pass(REST_MS);
    arrive(8);
    nothing();
    asked();
    pass(LONG_MS - 1);
    expect(asked()).toEqual([]);
    pass(1);
    expect(asked()).toEqual(BURST);
    arrive(39);
    nothing();
    pass(REST_MS);
    expect(asked()).toEqual(BURST);
  });

  it('ends a rest for what should be read at once, and looks again soon', () => {
    const { puller, pass, arrive, nothing, asked, resting } = setUp();
    resting();
    pass(1);
    puller.hurry();
    expect(asked()).toEqual(BURST);
    arrive(1);
    nothing();
    pass(SOON_MS);
    expect(asked()).toEqual(BURST);
    // So little time says nothing of how many come.
    arrive(5);
    nothing();
    pass(REST_MS);
    expect(asked()).toEqual(BURST);
    puller.hurry();
    nothing();
    pass(SOON_MS);
    expect(asked()).toEqual(BURST);
    nothing();
    pass(SOON_MS);
    expect(asked()).toEqual([]);
  });

  it('has nothing to hurry while messages come by themselves, or have been asked for', () => {
    const { puller, asked, standing } = setUp();
    puller.start();
    asked();
    puller.hurry();
    standing();
    puller.hurry();
    expect(asked()).toEqual([]);
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
    for (let i = 0; i < 4_000; i++) puller.arrived(100, 0);
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
