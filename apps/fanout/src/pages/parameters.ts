import { isPosition } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import type { Room } from '../intake/room.js';
import type { Rooms } from '../intake/rooms.js';
import { NO_STORE } from './caching.js';

/** A whole number in an address. */
export function numberIn(text: string, what: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (!isPosition(value)) {
    throw new ProblemError('invalid_parameter', `${what} must be a whole number below 2^53.`, { headers: NO_STORE });
  }
  return value;
}

export function roomOf(rooms: Rooms, event: string): Room {
  const room = rooms.get(event);
  if (!room) throw new ProblemError('unknown_event', `There is no event "${event}" here.`, { headers: NO_STORE });
  return room;
}
