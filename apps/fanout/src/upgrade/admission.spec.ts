import type { IncomingMessage } from 'node:http';
import { Admission, type AdmissionOptions } from './admission.js';

function setUp(options: Partial<AdmissionOptions> = {}) {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const admission = new Admission({
    clock,
    maxSockets: 100,
    handshakesPerS: 3,
    origins: ['https://tv.example'],
    sockets: () => 0,
    ready: () => true,
    ...options,
  });
  const check = (origin?: string) => admission.check({ headers: origin ? { origin } : {} } as IncomingMessage)?.status;
  return { time, check };
}

describe('W7: admission', () => {
  it('asks pages where they come from, and programs not', () => {
    const { check } = setUp();
    expect(check()).toBeUndefined();
    expect(check('https://tv.example')).toBeUndefined();
    expect(check('https://other.example')).toBe(403);
  });

  it('takes so many handshakes a second', () => {
    const { check, time } = setUp();
    expect([check(), check(), check(), check()]).toEqual([undefined, undefined, undefined, 503]);
    time.now = 1000;
    expect(check()).toBeUndefined();
  });

  it('takes nobody when it is full or not ready', () => {
    expect(setUp({ sockets: () => 100 }).check()).toBe(503);
    expect(setUp({ ready: () => false }).check()).toBe(503);
  });
});
