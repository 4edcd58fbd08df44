import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Admission, refuse, type AdmissionOptions } from './admission.js';

function setUp(options: Partial<AdmissionOptions> = {}) {
  const time = { now: 0 };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const admission = new Admission({
    clock,
    maxSockets: () => 100,
    handshakesPerS: () => 3,
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

  it('goes by the levers as they stand', () => {
    const levers = { sockets: 0, handshakes: 0 };
    const { check } = setUp({ maxSockets: () => levers.sockets, handshakesPerS: () => levers.handshakes });
    expect(check()).toBe(503);
    levers.sockets = 1;
    expect(check()).toBe(503);
    levers.handshakes = 10;
    expect(check()).toBeUndefined();
  });

  it('takes nobody when it is full or not ready', () => {
    expect(setUp({ sockets: () => 100 }).check()).toBe(503);
    expect(setUp({ ready: () => false }).check()).toBe(503);
  });

  it('survives a client that resets the connection while it is refused', () => {
    const socket = new PassThrough();
    refuse(socket, 503);
    expect(() => socket.emit('error', new Error('ECONNRESET'))).not.toThrow();
    expect(socket.destroyed).toBe(true);
  });

  it('holds nothing of a client that does not close its side', async () => {
    const socket = new PassThrough();
    refuse(socket, 503, { 'Retry-After': '1' });
    await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });
});
