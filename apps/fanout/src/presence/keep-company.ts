import { announce, listen, type Bus } from '@groundswell/bus';
import { subjects } from '@groundswell/contracts';
import type { Clock, Log } from '@groundswell/runtime';
import type { Room } from '../intake/room.js';
import { everySecond } from '../every-second.js';
import { Purges } from '../purge/purges.js';
import { sendPurge } from '../purge/send-purge.js';
import { Presence } from './presence.js';

export interface CompanyOptions {
  bus: Bus;
  room: Room;
  node: string;
  clock: Clock;
  log: Log;
  /** Whether this node writes the event's ticks. */
  held: () => boolean;
  /** Addresses of the caches that are to be purged. */
  caches: readonly string[];
}

export interface Company {
  /** Other nodes have been ahead of this one for too long. */
  readonly isBehind: boolean;
  stop(): void;
}

/** Keeps a room in touch with the same room on other nodes: viewers are added up, and takedowns purged when all have them. */
export function keepCompany({ bus, room, node, clock, log, held, caches }: CompanyOptions): Company {
  const { event } = room;
  const presence = new Presence({
    node,
    clock,
    own: () => ({ n: room.frames.head.n, viewers: room.ownViewers }),
    tell: (data) => announce(bus, subjects.state(event, node), data),
  });
  const purges = new Purges({
    event,
    clock,
    log,
    held,
    reached: (n) => presence.reached(n),
    send: (keys) => sendPurge(caches, keys),
  });
  const hearing = listen(bus, subjects.stateAll(event), (data) => presence.hear(data));
  const end = everySecond(() => {
    presence.turn();
    void purges.turn();
  });
  presence.turn();
  room.viewers = () => presence.viewers;
  if (caches.length > 0) room.onTakedown = (takedown) => purges.takenDown(takedown);
  return {
    get isBehind() {
      return presence.isBehind;
    },
    stop: () => {
      hearing.stop();
      end();
    },
  };
}
