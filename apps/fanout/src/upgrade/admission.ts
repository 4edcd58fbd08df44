import type { Clock } from '@groundswell/runtime';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface AdmissionOptions {
  clock: Clock;
  /** Levers, as they stand. */
  maxSockets: () => number;
  handshakesPerS: () => number;
  /** Origins of pages that may connect; empty: any. Clients that are no browsers send none. */
  origins: readonly string[];
  /** Sockets open now. */
  sockets: () => number;
  ready: () => boolean;
}

export interface Refusal {
  status: 403 | 503;
  headers?: Record<string, string>;
}

/** Decides about a handshake before anything is built for it (W7). */
export class Admission {
  private second = 0;
  private handshakes = 0;

  constructor(private readonly options: AdmissionOptions) {}

  /** Why the handshake is refused; undefined when it may go on. */
  check(request: IncomingMessage): Refusal | undefined {
    const { clock, maxSockets, handshakesPerS, origins, sockets, ready } = this.options;
    const origin = request.headers.origin;
    if (origin !== undefined && origins.length > 0 && !origins.includes(origin)) return { status: 403 };
    const second = Math.floor(clock.monotonic() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.handshakes = 0;
    }
    if (!ready() || sockets() >= maxSockets() || ++this.handshakes > handshakesPerS()) {
      return { status: 503, headers: { 'Retry-After': '1' } };
    }
    return undefined;
  }
}

/** Answers a handshake with a status and closes. */
export function refuse(socket: Duplex, status: number, headers: Record<string, string> = {}): void {
  // Node has taken its own listener off: without one, a client that resets the connection ends the process.
  socket.on('error', () => socket.destroy());
  // The client's side may stay open for ever otherwise.
  socket.once('finish', () => socket.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
