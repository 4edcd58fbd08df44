import type { Levers } from '@groundswell/levers';
import type { ByeCode } from '@groundswell/protocol';
import type { Clock } from '@groundswell/runtime';
import type { Connection } from '../hub/connection.js';

/** Those who are asked to poll try the socket again after this time, and as much again at random. */
const POLL_MS = 60_000;

/** Whether a lever asks this socket to poll instead: a share of all, since Friends cannot be polled, of those without it. */
export function isSentToPoll({ cohort }: Connection, levers: Levers, { friends }: { friends: boolean }): boolean {
  return !friends && cohort < levers['socket.to_poll_bp'];
}

export function sendToPoll(connection: Connection): void {
  sendAway(connection, 'poll', POLL_MS * (1 + Math.random()));
}

/** Whether a socket has been open for longer than a lever allows. */
export function outlived({ openedAtS }: Connection, levers: Levers, clock: Pick<Clock, 'monotonic'>): boolean {
  const { 'socket.max_lifetime_s': most } = levers;
  return most > 0 && clock.monotonic() / 1000 - openedAtS > most;
}

/** Asks the client to come back after this time, and closes. Milliseconds. */
export function sendAway(connection: Connection, code: ByeCode, afterMs: number): void {
  connection.send({ t: 'bye', code, afterMs: Math.round(afterMs) });
  connection.close('goingAway');
}
