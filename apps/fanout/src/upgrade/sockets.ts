import type { Socket } from 'node:net';
import type { Clock } from '@groundswell/runtime';
import type { WebSocket } from 'ws';
import { Connection } from '../hub/connection.js';
import type { Room } from '../intake/room.js';
import { CONNECTION } from './viewer-socket.js';

/** A WebSocket or its stream, with the connection that it belongs to. */
interface End {
  [CONNECTION]?: Connection;
}

/** Every socket of this node, and the room that it watches. */
export class Sockets {
  private readonly connections = new Set<Connection>();
  /** Those that have said hello, in slices. */
  private readonly rooms: readonly Map<Connection, Room>[];
  private opened = 0;

  /** `slices`: parts of about the same size, that are looked after in turn. */
  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    slices: number,
  ) {
    this.rooms = Array.from({ length: slices }, () => new Map());
  }

  get size(): number {
    return this.connections.size;
  }

  open(client: WebSocket, stream: Socket): Connection {
    const connection = new Connection(this.opened++, client, stream);
    connection.openedAtS = Math.floor(this.clock.monotonic() / 1000);
    (client as End)[CONNECTION] = connection;
    (stream as End)[CONNECTION] = connection;
    this.connections.add(connection);
    return connection;
  }

  /** The connection of a client, or of its stream. */
  of(end: WebSocket | Socket): Connection {
    return (end as End)[CONNECTION]!;
  }

  join(connection: Connection, room: Room): void {
    this.sliceOf(connection).set(connection, room);
  }

  roomOf(connection: Connection): Room | undefined {
    return this.sliceOf(connection).get(connection);
  }

  forget(client: WebSocket): void {
    const connection = this.of(client);
    this.connections.delete(connection);
    this.sliceOf(connection).delete(connection);
  }

  all(): Iterable<Connection> {
    return this.connections;
  }

  /** Sockets of a slice that have said hello, with the room of each. */
  slice(index: number): Iterable<[Connection, Room]> {
    return this.rooms[index]!;
  }

  /** Closes the sockets of a room that is no longer served: its viewers come back with their cursors. */
  evict(room: Room): void {
    for (const slice of this.rooms) {
      for (const [connection, watched] of slice) if (watched === room) connection.close('unavailable');
    }
  }

  private sliceOf({ id }: Connection): Map<Connection, Room> {
    return this.rooms[id % this.rooms.length]!;
  }
}
