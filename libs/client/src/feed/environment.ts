/** What the driver needs of its surroundings. Browsers and Node give all of it; tests give their own. */

/** The part of the WHATWG WebSocket that is used: `ws` in Node and every browser have it. */
export interface SocketLike {
  send(data: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
}

export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike;

export interface Timers {
  /** Runs `run` once after `ms` milliseconds; returns how to call that off. */
  set(run: () => void, ms: number): () => void;
}

/** Milliseconds: `wall` since 1970 as the device believes, `monotonic` since any moment, never set back. */
export interface ClientClock {
  wall(): number;
  monotonic(): number;
}

interface Surroundings {
  performance: { now(): number };
  WebSocket?: SocketConstructor;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

const surroundings = globalThis as unknown as Surroundings;

/** `setTimeout` of the surroundings. */
export const systemTimers: Timers = {
  set(run, ms) {
    const handle = surroundings.setTimeout(run, ms);
    return () => surroundings.clearTimeout(handle);
  },
};

export const systemClock: ClientClock = { wall: () => Date.now(), monotonic: () => surroundings.performance.now() };

/** The surroundings' own WebSocket. Throws where there is none (Node before 22) and says what to do. */
export function systemSocket(): SocketConstructor {
  if (!surroundings.WebSocket) {
    throw new TypeError('There is no global WebSocket here: pass one, for example `WebSocket` of the package "ws".');
  }
  return surroundings.WebSocket;
}
