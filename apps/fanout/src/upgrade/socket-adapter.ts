import { ERRORS, SUBPROTOCOL, CLIENT_FRAME_MAX_BYTES, paths, type ErrorCode } from '@groundswell/protocol';
import type { WebSocketAdapter } from '@nestjs/common';
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Admission, refuse } from './admission.js';
import { parseClientMessage } from './client-messages.js';
import { acceptDeflate } from './deflate-offer.js';
import { inflateInbound } from './inbound-inflate.js';
import { ViewerSocket } from './viewer-socket.js';

/** Told of messages that are not served, so that the gateway can answer and count them. */
export interface FaultSink {
  refused(client: WebSocket, code: ErrorCode, detail: string): void;
}

const FAULTS = Symbol('faults');
const HANDLERS = Symbol('handlers');

/** What a client carries from its handshake to its messages. */
interface Client extends WebSocket {
  [FAULTS]: FaultSink | undefined;
  [HANDLERS]: readonly MessageMappingProperties[];
}

/** Lets the gateway take part in what its adapter refuses. */
export function takeFaults(server: WebSocketServer, sink: FaultSink): void {
  Object.assign(server, { [FAULTS]: sink });
}

/**
 * Binds Nest gateways to `ws`. Unlike the stock adapter it answers what it cannot dispatch: binary frames, text that is
 * not JSON, unknown and invalid messages each get an error frame. Admission is checked before a WebSocket is built.
 */
export class SocketAdapter implements WebSocketAdapter<WebSocketServer, WebSocket> {
  private readonly servers: WebSocketServer[] = [];
  private readonly onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const [server] = this.servers;
    if (!server || pathOf(request) !== paths.socket()) return refuse(socket, 404);
    const refusal = this.admission.check(request);
    if (refusal) return refuse(socket, refusal.status, refusal.headers);
    server.handleUpgrade(request, socket, head, (client, { headers }) => {
      if (acceptDeflate(headers['sec-websocket-extensions'])) inflateInbound(client);
      server.emit('connection', client, request);
    });
  };

  constructor(
    private readonly http: Server,
    private readonly admission: Admission,
  ) {}

  create(): WebSocketServer {
    const server = new WebSocketServer({
      noServer: true,
      WebSocket: ViewerSocket,
      maxPayload: CLIENT_FRAME_MAX_BYTES,
      // What `ws` has would keep an inflater and a deflater for each socket.
      perMessageDeflate: false,
      // The gateway answers, as long as the client reads.
      autoPong: false,
      clientTracking: false,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    });
    server.on('headers', (lines, { headers }) => {
      const accepted = acceptDeflate(headers['sec-websocket-extensions']);
      if (accepted) lines.push(`Sec-WebSocket-Extensions: ${accepted}`);
    });
    if (this.servers.length === 0) this.http.on('upgrade', this.onUpgrade);
    this.servers.push(server);
    return server;
  }

  bindClientConnect(server: WebSocketServer, callback: (client: WebSocket, request: IncomingMessage) => void): void {
    server.on('connection', callback);
  }

  bindClientDisconnect(client: WebSocket, callback: () => void): void {
    client.on('close', callback);
  }

  bindMessageHandlers(client: WebSocket, handlers: MessageMappingProperties[]): void {
    const [server] = this.servers;
    const { [FAULTS]: faults } = server as unknown as { [FAULTS]?: FaultSink };
    Object.assign(client, { [HANDLERS]: handlers, [FAULTS]: faults });
    client.on('message', onMessage);
  }

  close(server: WebSocketServer): void {
    server.close();
  }

  /** The HTTP server is Nest's: only what was put on it is taken off. */
  dispose(): void {
    this.http.off('upgrade', this.onUpgrade);
  }
}

/** One function for all clients. */
function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const { [FAULTS]: faults, [HANDLERS]: handlers } = this as Client;
  if (isBinary) return faults?.refused(this, 'binary_frame', ERRORS.binary_frame);
  const parsed = parseClientMessage((data as Buffer).toString('utf8'));
  if ('fault' in parsed) return faults?.refused(this, parsed.fault, parsed.detail);
  void handlers.find(({ message }) => message === parsed.t)?.callback(parsed.message);
}

function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
