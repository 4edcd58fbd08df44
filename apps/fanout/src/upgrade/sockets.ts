import type { Socket } from 'node:net';
import type { Clock } from '@groundswell/runtime';
import type { WebSocket } from 'ws';
import { Connection } from '../hub/connection.js';
import type { Room } from '../intake/room.js';

const CONNECTION = Symbol('connection');

/** A WebSocket or its stream, with the connection that it belongs to. */
interface End {
  [CONNECTION]?: Connection;
}

/** Every socket of this node, and the room that it watches. */
export class Sockets {
  private readonly connections = new Set<Connection>();
  private readonly rooms = new Map<Connection, Room>();
  private opened = 0;

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

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
    this.rooms.set(connection, room);
  }

  roomOf(connection: Connection): Room | undefined {
    return this.rooms.get(connection);
  }

  forget(client: WebSocket): void {
    const connection = this.of(client);
    this.connections.delete(connection);
    this.rooms.delete(connection);
  }

  all(): Iterable<Connection> {
    return this.connections;
  }

  /** Sockets that have said hello, with the room of each. */
  live(): Iterable<[Connection, Room]> {
    return this.rooms;
  }

  /** Closes the sockets of a room that is no longer served: its viewers come back with their cursors. */
  evict(room: Room): void {
    for (const [connection, watched] of this.rooms) if (watched === room) connection.close('unavailable');
  }
}
