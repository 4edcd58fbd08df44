import fastify, { type FastifyInstance } from 'fastify';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { Fault } from '../fault.js';
import { addInbox } from '../mail/inbox-pages.js';
import type { Inbox } from '../mail/inbox.js';
import { addNetworks } from '../networks/network-routes.js';
import type { Networks } from '../networks/networks.js';
import { addErrors, addPage, addSignIn, addTools, type SignInOptions, type ToolOptions } from './own-routes.js';
import { forward, type Target } from './forward.js';
import { joinSockets } from './join-sockets.js';
import { backendOf, isSocket, type Backend } from './routes.js';

const HOST = '127.0.0.1';
/** 20,000 members with names. */
const BODY_BYTES = 8 * 1024 * 1024;

export interface PortalOptions extends SignInOptions {
  port: number;
  /** Folder of the built page. */
  page: string;
  /** Where a backend listens now; undefined while there is none. */
  target: (backend: Backend) => Target | undefined;
  /** With it, tools may mint tokens and order processes about. */
  tools?: ToolOptions;
  /** With it, the letters that were sent can be looked at. */
  inbox?: Inbox;
  /** With it, accounts of other networks can be connected, and what is told there changed. */
  networks?: Networks;
}

export interface Portal {
  readonly port: number;
  readonly url: string;
  /** Ends every connection. */
  stop(): Promise<void>;
}

/** The one address that a browser needs: the page, sign-in, and everything under /v1. Throws `Fault`. */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const { target } = options;
  const upgraded = new Set<Socket>();
  const app = fastify({
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    // What goes on to a backend never enters the framework, which would read bodies before anybody asked for them.
    serverFactory: (handle) =>
      createServer((request, response) => {
        const backend = backendOf(request.url ?? '/');
        if (backend) forward(request, response, target(backend) ?? NOWHERE);
        else handle(request, response);
      }),
  });
  app.server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    if (!isSocket(request.url ?? '/')) return void socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    joinSockets(request, socket, { head, target: target('fanout') ?? NOWHERE });
  });
  app.server.keepAliveTimeout = 60_000;
  addErrors(app);
  addSignIn(app, options);
  if (options.tools) addTools(app, options.issuer, options.tools);
  if (options.inbox) addInbox(app, options.inbox);
  if (options.networks) addNetworks(app, options.networks);
  addPage(app, options.page);
  await listen(app, options.port);
  const { port } = app.server.address() as { port: number };
  return {
    port,
    url: `http://${HOST}:${port}`,
    stop: async () => {
      for (const socket of upgraded) socket.destroy();
      await app.close();
    },
  };
}

/** Port 9 on loopback has nobody: a backend that was never started is one that does not answer. */
const NOWHERE: Target = { host: HOST, port: 9 };

async function listen(app: FastifyInstance, port: number): Promise<void> {
  try {
    await app.listen({ host: HOST, port });
  } catch (error) {
    await app.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Fault(`Port ${port} is in use: stop what listens there, or choose another with --port.`, {
        cause: error,
      });
    if (code === 'EACCES')
      throw new Fault(`Port ${port} is not for ordinary users: choose one above 1023 with --port.`, { cause: error });
    throw error;
  }
}
