import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { Connection } from '../hub/connection.js';
import type { Room } from '../intake/room.js';

/** Every socket of this node, and the room that it watches. */
export class Sockets {
  private readonly connections = new Map<WebSocket, Connection>();
  private readonly rooms = new Map<Connection, Room>();
  private opened = 0;

  get size(): number {
    return this.connections.size;
  }

  open(client: WebSocket, stream: Socket): Connection {
    const connection = new Connection(this.opened++, client, stream);
    this.connections.set(client, connection);
    return connection;
  }

  /** The connection of a client that is open. */
  of(client: WebSocket): Connection {
    return this.connections.get(client)!;
  }

  join(connection: Connection, room: Room): void {
    this.rooms.set(connection, room);
  }

  roomOf(connection: Connection): Room | undefined {
    return this.rooms.get(connection);
  }

  forget(client: WebSocket): void {
    const connection = this.connections.get(client);
    this.connections.delete(client);
    if (connection) this.rooms.delete(connection);
  }

  all(): Iterable<Connection> {
    return this.connections.values();
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
