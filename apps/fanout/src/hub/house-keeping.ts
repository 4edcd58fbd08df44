import type { Clock, Log } from '@groundswell/runtime';
import type { Rooms } from '../intake/rooms.js';
import type { Connection } from './connection.js';

/** Marks and pings go round all sockets in this many seconds, a slice a second. */
export const ROUND_S = 30;

export interface HouseKeepingOptions {
  clock: Clock;
  log: Log;
  rooms: Rooms;
  /** Every live socket with the event it watches. */
  sockets: () => Iterable<[Connection, string]>;
}

/**
 * What time does to sockets: a mark and a ping for each once a round, the end of those that did not answer the last ping
 * or whose token has run out. One timer for all.
 */
export class HouseKeeping {
  private timer: NodeJS.Timeout | undefined;
  private slice = 0;

  constructor(private readonly options: HouseKeepingOptions) {}

  start(): void {
    this.timer = setInterval(() => this.turn(), 1000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** One slice. */
  turn(): void {
    const { clock, log, rooms, sockets } = this.options;
    const now = clock.now();
    this.slice = (this.slice + 1) % ROUND_S;
    let silent = 0;
    for (const [connection, event] of sockets()) {
      if (connection.tokenEndsAt <= now) {
        connection.send({ t: 'bye', code: 'expired', afterMs: 0 });
        connection.close('unauthorized');
      } else if (connection.id % ROUND_S === this.slice) {
        if (connection.silent) {
          silent++;
          connection.terminate();
          continue;
        }
        connection.ping();
        const room = rooms.get(event);
        room?.everyone.mark(connection);
        room?.friends.mark(connection);
      }
    }
    if (silent > 0) log.info({ silent }, 'sockets that answered no ping were ended');
  }
}
