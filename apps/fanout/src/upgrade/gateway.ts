import { AuthFields, HelloFields, ShowFields } from '@groundswell/contracts';
import {
  ERRORS,
  HELLO_TIMEOUT_MS,
  MAX_CHARS,
  SUBPROTOCOL,
  type CloseName,
  type ErrorCode,
} from '@groundswell/protocol';
import { TokenRefused, TokenVerifier, type Clock, type Log } from '@groundswell/runtime';
import { Inject, Injectable } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import type { WebSocket, WebSocketServer } from 'ws';
import { GraphSource } from '../graph/graph-source.js';
import type { ReadSides } from '../graph/graph-in-force.js';
import { Connection } from '../hub/connection.js';
import type { Room } from '../intake/room.js';
import { Rooms } from '../intake/rooms.js';
import { CLOCK, LOG, NODE_ID, OPENING } from '../injection.js';
import { HelloDeadline } from './hello-deadline.js';
import { isSentToPoll, sendToPoll } from './send-away.js';
import { listeners } from './listeners.js';
import { takeFaults } from './socket-adapter.js';
import { Sockets } from './sockets.js';

/** Invalid messages that a socket may send before it is closed. */
const MAX_FAULTS = 5;

/** An event that was created a moment ago may not be known here yet. */
const NEW_EVENT_MS = 1_000;

/** Control messages of a socket: hello, show, auth, ping. Frames with a cursor never pass here. */
@Injectable()
@WebSocketGateway()
export class Gateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  private readonly deadline: HelloDeadline;
  private readonly listen: ReturnType<typeof listeners>;

  constructor(
    private readonly rooms: Rooms,
    private readonly sockets: Sockets,
    private readonly graphs: GraphSource,
    private readonly verifier: TokenVerifier,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: Log,
    @Inject(NODE_ID) private readonly node: string,
    @Inject(OPENING) private readonly opening: (event: string) => boolean,
  ) {
    this.deadline = new HelloDeadline(clock);
    this.listen = listeners({ sockets, log, drained: (connection) => this.drained(connection) });
  }

  afterInit(server: WebSocketServer): void {
    takeFaults(server, { refused: (client, code, detail) => this.fault(this.sockets.of(client), code, detail) });
  }

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    const connection = this.sockets.open(client, request.socket);
    this.listen(client, request.socket);
    if (client.protocol !== SUBPROTOCOL) return connection.close('unsupportedProtocol');
    this.deadline.watch(connection);
  }

  handleDisconnect(client: WebSocket): void {
    const connection = this.sockets.of(client);
    connection.phase = 'closing';
    this.deadline.forget(connection);
    const room = this.sockets.roomOf(connection);
    room?.everyone.detach(connection);
    if (room && connection.member !== undefined) {
      room.friends.detach(connection);
      room.index.remove(connection.member, connection);
    }
    this.sockets.forget(client);
  }

  @SubscribeMessage('hello')
  async hello(@ConnectedSocket() client: WebSocket, @MessageBody() hello: HelloFields): Promise<void> {
    const connection = this.sockets.of(client);
    if (connection.phase !== 'opened') return this.fault(connection, 'hello_twice');
    connection.phase = 'greeting';
    this.deadline.forget(connection);
    if (hello.token !== undefined && !(await this.signIn(connection, hello.token))) return;
    const room = await this.rooms.find(hello.event, this.opening(hello.event) ? HELLO_TIMEOUT_MS : NEW_EVENT_MS);
    if (!room && this.opening(hello.event)) return this.end(connection, 'view_behind', 'unavailable');
    if (!room) return this.end(connection, 'unknown_event', 'unknownEvent');
    if (hello.friends !== undefined && !connection.member) this.fault(connection, 'friends_needs_token');
    if (!connection.member) return this.greet(connection, room, hello);
    const greeted = await this.graphs.withGraph(room, connection.member, (read) =>
      this.greet(connection, room, hello, read),
    );
    if (greeted) return;
    // Everyone does not depend on the graph: who wants nothing else gets it, without knowing whom to hide.
    if (hello.friends === undefined) this.greet(connection, room, hello);
    else this.end(connection, 'view_behind', 'unavailable');
  }

  @SubscribeMessage('show')
  show(@ConnectedSocket() client: WebSocket, @MessageBody() { tab }: ShowFields): void {
    const connection = this.sockets.of(client);
    const room = this.sockets.roomOf(connection);
    if (!room) return this.fault(connection, 'hello_first');
    room.everyone.show(connection, tab === 'everyone');
  }

  @SubscribeMessage('auth')
  async auth(@ConnectedSocket() client: WebSocket, @MessageBody() { token }: AuthFields): Promise<void> {
    const connection = this.sockets.of(client);
    if (connection.phase !== 'live' || !connection.member) return this.fault(connection, 'hello_first');
    await this.signIn(connection, token);
  }

  @SubscribeMessage('ping')
  ping(@ConnectedSocket() client: WebSocket): void {
    const connection = this.sockets.of(client);
    if (!connection.congested) connection.send({ t: 'pong' });
  }

  /** All at one go, without a pause: what comes after the welcome follows on what was read of the room. */
  private greet(connection: Connection, room: Room, hello: HelloFields, read?: ReadSides): void {
    if (!connection.open) return;
    // While the graph was read, the log may have been replaced: nobody would send this socket away any more.
    if (this.rooms.get(room.event) !== room) return this.end(connection, 'view_behind', 'unavailable');
    if (isSentToPoll(connection, room.levers(), { friends: hello.friends !== undefined }))
      return sendToPoll(connection);
    connection.phase = 'live';
    this.sockets.join(connection, room);
    const { epoch } = room.cursor;
    const levers = { pingMs: room.levers()['socket.ping_s'] * 1000 };
    connection.together(() => {
      connection.send({ t: 'welcome', epoch, node: this.node, now: this.clock.now(), maxChars: MAX_CHARS, levers });
      if (!read) return;
      room.graph.admit(connection.member!, connection, read);
      room.friends.hide(connection);
    });
    if (hello.everyone !== undefined) room.everyone.attach(connection, hello.everyone);
    if (read && hello.friends !== undefined) room.friends.attach(connection, hello.friends, hello.rank ?? 'latest');
  }

  /** Takes the token's claims; a bad token, or one of somebody else, ends the socket. */
  private async signIn(connection: Connection, token: string): Promise<boolean> {
    try {
      const { sub, exp } = await this.verifier.verify(token);
      if (connection.member !== undefined && connection.member !== sub) throw new TokenRefused('another member');
      connection.member = sub;
      connection.tokenEndsAt = exp * 1000;
      return true;
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      this.end(connection, 'unauthorized', 'unauthorized');
      return false;
    }
  }

  private drained(connection: Connection): void {
    const room = this.sockets.roomOf(connection);
    if (!room) return;
    if (connection.friends) room.friends.flush(connection);
    room.everyone.advance(connection);
  }

  private fault(connection: Connection, code: ErrorCode, detail: string = ERRORS[code]): void {
    connection.send({ t: 'error', code, message: detail });
    if (++connection.faults >= MAX_FAULTS) connection.close('badMessages');
  }

  private end(connection: Connection, code: ErrorCode, close: CloseName): void {
    connection.send({ t: 'error', code, message: ERRORS[code] });
    connection.close(close);
  }
}
