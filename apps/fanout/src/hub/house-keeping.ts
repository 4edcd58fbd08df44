import type { Clock, Log } from '@groundswell/runtime';
import type { Room } from '../intake/room.js';
import { isSentToPoll, outlived, sendAway, sendToPoll } from '../upgrade/send-away.js';
import { everySecond } from '../every-second.js';
import type { Connection } from './connection.js';

/** Marks go round all sockets in this many seconds, a slice a second. */
export const ROUND_S = 30;

/**
 * A ping goes with each mark of this many: its answer costs more than the mark. What a proxy needs is traffic, and marks are
 * that; a ping only finds out who has gone without a word, which costs the memory of a socket until then.
 */
export const PING_ROUNDS = 4;

/** Those whose sockets have lived long enough come back within this time, not all at once. */
const LIFETIME_SPREAD_MS = 2_000;

export interface HouseKeepingOptions {
  clock: Clock;
  log: Log;
  /** The live sockets of one of `ROUND_S` slices, each with the room that it watches. */
  slice: (index: number) => Iterable<readonly [Connection, Room]>;
}

/**
 * What time and levers do to sockets, a slice of them a second: a mark once a round, a ping now and then, the end of
 * those that did not answer the last ping, whose token has run out, or that a lever sends away.
 */
export class HouseKeeping {
  private end: () => void = () => undefined;
  private second = 0;

  constructor(private readonly options: HouseKeepingOptions) {}

  start(): void {
    this.end = everySecond(() => this.turn());
  }

  stop(): void {
    this.end();
  }

  /** Looks after one slice; what the one before is owed, and has not got with a segment, goes out now. */
  turn(): void {
    const { log, slice } = this.options;
    for (const [connection, room] of slice(this.second % ROUND_S)) room.pay(connection);
    this.second = (this.second + 1) % (ROUND_S * PING_ROUNDS);
    let silent = 0;
    for (const [connection, room] of slice(this.second % ROUND_S)) {
      if (this.isSentAway(connection, room)) continue;
      const pings = connection.id % (ROUND_S * PING_ROUNDS) === this.second;
      if (pings && connection.silent) {
        silent++;
        connection.terminate();
      } else connection.owe(pings ? 'mark and ping' : 'mark');
    }
    if (silent > 0) log.info({ silent }, 'sockets that answered no ping were ended');
  }

  private isSentAway(connection: Connection, room: Room): boolean {
    const { clock } = this.options;
    if (connection.tokenEndsAt <= clock.now()) {
      connection.send({ t: 'bye', code: 'expired', afterMs: 0 });
      connection.close('unauthorized');
    } else if (outlived(connection, room.levers(), clock)) {
      sendAway(connection, 'lifetime', Math.random() * LIFETIME_SPREAD_MS);
    } else if (isSentToPoll(connection, room.levers(), connection)) {
      sendToPoll(connection);
    } else return false;
    return true;
  }
}
