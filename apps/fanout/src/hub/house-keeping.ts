import type { Clock, Log } from '@groundswell/runtime';
import type { Room } from '../intake/room.js';
import { isSentToPoll, outlived, sendAway, sendToPoll } from '../upgrade/send-away.js';
import type { Connection } from './connection.js';

/** Marks go round all sockets in this many seconds, a slice a second. */
export const ROUND_S = 30;

/** A ping goes with each mark of this many: its answer costs more than the mark. */
export const PING_ROUNDS = 2;

/** Those whose sockets have lived long enough come back within this time, not all at once. */
const LIFETIME_SPREAD_MS = 2_000;

export interface HouseKeepingOptions {
  clock: Clock;
  log: Log;
  /** Every live socket with the room that it watches. */
  sockets: () => Iterable<readonly [Connection, Room]>;
}

/**
 * What time and levers do to sockets: a mark once a round, a ping every other round, the end of those that did not answer
 * the last ping, whose token has run out, or that a lever sends away. One timer for all.
 */
export class HouseKeeping {
  private timer: NodeJS.Timeout | undefined;
  private second = 0;

  constructor(private readonly options: HouseKeepingOptions) {}

  start(): void {
    this.timer = setInterval(() => this.turn(), 1000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** One slice. */
  turn(): void {
    const { clock, log, sockets } = this.options;
    const now = clock.now();
    this.second = (this.second + 1) % (ROUND_S * PING_ROUNDS);
    let silent = 0;
    for (const [connection, room] of sockets()) {
      if (connection.tokenEndsAt <= now) {
        connection.send({ t: 'bye', code: 'expired', afterMs: 0 });
        connection.close('unauthorized');
      } else if (outlived(connection, room.levers(), clock)) {
        sendAway(connection, 'lifetime', Math.random() * LIFETIME_SPREAD_MS);
      } else if (isSentToPoll(connection, room.levers(), connection)) {
        sendToPoll(connection);
      } else if (connection.id % ROUND_S === this.second % ROUND_S) {
        const pings = connection.id % (ROUND_S * PING_ROUNDS) === this.second;
        if (pings && connection.silent) {
          silent++;
          connection.terminate();
          continue;
        }
        connection.together(() => {
          room.everyone.mark(connection);
          room.friends.mark(connection);
          if (pings) connection.ping();
        });
      }
    }
    if (silent > 0) log.info({ silent }, 'sockets that answered no ping were ended');
  }
}
