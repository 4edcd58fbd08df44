import { SUBPROTOCOL } from '@groundswell/protocol';
import { eventually, useTempDir } from '@groundswell/testing';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { startPortal, type Portal } from '../src/portal/portal.js';
import { SignInCodes } from '../src/portal/sign-in-codes.js';
import { TokenIssuer } from '../src/portal/token-issuer.js';

const LINE = 1024 * 1024;

describe('the portal', () => {
  const dir = useTempDir();
  const codes = new SignInCodes();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let backend: Server;
  let sockets: WebSocketServer;
  let portal: Portal;
  let isAway = false;
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => void response.end();

  beforeAll(async () => {
    await writeFile(join(dir.path, 'index.html'), '<h1>page</h1>');
    backend = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    sockets = new WebSocketServer({ server: backend, handleProtocols: () => SUBPROTOCOL, maxPayload: 16_384 });
    await once(backend, 'listening');
    const { port } = backend.address() as AddressInfo;
    portal = await startPortal({
      port: 0,
      page: dir.path,
      target: () => ({ host: '127.0.0.1', port: isAway ? 9 : port }),
      issuer: new TokenIssuer(privateKey),
      codes,
    });
  });
  afterAll(async () => {
    await portal.stop();
    backend.closeAllConnections();
    for (const socket of sockets.clients) socket.terminate();
    backend.close();
  });
  afterEach(() => {
    isAway = false;
  });

  const socketOf = () => new WebSocket(`${portal.url.replace('http', 'ws')}/v1/socket`, SUBPROTOCOL);
  async function open(): Promise<{ client: WebSocket; server: WebSocket }> {
    const connected = once(sockets, 'connection') as Promise<[WebSocket]>;
    const client = socketOf();
    await once(client, 'open');
    const [server] = await connected;
    return { client, server };
  }

  it('hands bodies on as they come, in both directions at once', async () => {
    answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson', 'x-kept': 'yes' });
      request.on('data', (chunk: Buffer) => response.write(`got ${chunk.toString()}`));
      request.on('end', () => response.end('end'));
    };
    const going = httpRequest(`${portal.url}/v1/social/import`, { method: 'POST' });
    going.write('one');
    const [coming] = (await once(going, 'response')) as [IncomingMessage];
    const [first] = (await once(coming, 'data')) as [Buffer];
    expect([coming.headers['x-kept'], first.toString()]).toEqual(['yes', 'got one']);
    going.end('two');
    let rest = '';
    for await (const chunk of coming) rest += String(chunk);
    expect(rest).toBe('got twoend');
  });

  it('keeps method, address, headers and status', async () => {
    let seen: unknown;
    answer = (request, response) => {
      seen = [request.method, request.url, request.headers['idempotency-key'], request.headers.authorization];
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end('{}');
    };
    const headers = { 'idempotency-key': 'k', authorization: 'Bearer t' };
    const { status } = await fetch(`${portal.url}/v1/friends/x?y=1`, { method: 'PUT', headers });
    expect([status, seen]).toEqual([409, ['PUT', '/v1/friends/x?y=1', 'k', 'Bearer t']]);
  });

  it('tells the backend when a client goes away', async () => {
    let gone: Promise<unknown> | undefined;
    answer = (_, response) => {
      response.write('x');
      gone = once(response, 'close');
    };
    const giveUp = new AbortController();
    const { body } = await fetch(`${portal.url}/v1/events`, { signal: giveUp.signal });
    await body!.getReader().read();
    giveUp.abort();
    await expect(gone).resolves.toBeDefined();
  });

  it('answers 503 while the backend is away, for requests and for sockets', async () => {
    isAway = true;
    const reply = await fetch(`${portal.url}/v1/events/demo/statuses`, { method: 'POST', body: '{}' });
    expect([reply.status, reply.headers.get('retry-after'), reply.headers.get('content-type')]).toEqual([
      503,
      '1',
      'application/problem+json; charset=utf-8',
    ]);
    expect(await reply.json()).toMatchObject({ code: 'unavailable', status: 503 });
    const [error] = (await once(socketOf(), 'error')) as [Error];
    expect(error.message).toContain('503');
  });

  it('joins sockets with their subprotocol and close codes', async () => {
    const { client, server } = await open();
    expect(client.protocol).toBe(SUBPROTOCOL);
    server.once('error', () => undefined);
    client.send('x'.repeat(17_000));
    expect((await once(client, 'close'))[0]).toBe(1009);

    const second = await open();
    const closed = once(second.server, 'close');
    second.client.close(4000, 'bye');
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([4000, 'bye']);
  });

  it('lets a socket that breaks off break off on the other side', async () => {
    const first = await open();
    const serverClosed = once(first.server, 'close');
    first.client.terminate();
    expect((await serverClosed)[0]).toBe(1006);
    const second = await open();
    const clientClosed = once(second.client, 'close');
    second.server.terminate();
    expect((await clientClosed)[0]).toBe(1006);
  });

  it('a reader that does not read holds up the backend, not the portal', async () => {
    const { client, server } = await open();
    let received = 0;
    client.on('message', () => received++);
    client.pause();
    let written = 0;
    const line = 'x'.repeat(LINE);
    for (let n = 0; n < 64; n++) server.send(line, () => written++);
    let before = -1;
    await eventually(() => before === (before = written), { everyMs: 200, message: 'the backend is held up' });
    expect(server.bufferedAmount).toBeGreaterThan(32 * LINE);
    client.resume();
    await eventually(() => received === 64, { timeoutMs: 20_000, message: 'everything arrives' });
    client.terminate();
    expect(written).toBe(64);
  }, 30_000);

  it('serves the page, signs in once, and has nothing else', async () => {
    expect(await (await fetch(`${portal.url}/`)).text()).toBe('<h1>page</h1>');
    const signIn = (body: string, type = 'application/json') =>
      fetch(`${portal.url}/dev/sign-in`, { method: 'POST', body, headers: { 'content-type': type } });
    const code = codes.issue({ id: 'ada', name: 'Ada' });
    const statuses = [];
    const bodies = [JSON.stringify({ code }), JSON.stringify({ code }), '{"code":7}', '{', 'null'];
    for (const body of bodies) statuses.push((await signIn(body)).status);
    statuses.push((await signIn('<code/>', 'application/xml')).status);
    statuses.push((await fetch(`${portal.url}/dev/tokens`, { method: 'POST' })).status);
    statuses.push((await fetch(`${portal.url}/nowhere`)).status, (await fetch(`${portal.url}/../package.json`)).status);
    expect(statuses).toEqual([200, 401, 401, 400, 401, 415, 404, 404, 404]);
  });

  it('refuses upgrades elsewhere', async () => {
    const socket = new WebSocket(`${portal.url.replace('http', 'ws')}/elsewhere`);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });

  it('listens on loopback only', async () => {
    const socket = connect({ host: '127.0.0.2', port: portal.port });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
