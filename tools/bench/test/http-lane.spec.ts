import { createServer, type Server } from 'node:http';
import { HttpLane, LaneBroken } from '../src/ingest/http-lane.js';

describe('HttpLane', () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        if (request.url === '/break') request.socket.destroy();
        else {
          response.statusCode = request.url === '/201' ? 201 : 429;
          response.end(JSON.stringify({ at: request.url, é: '✓' }));
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const request = (path: string): Buffer =>
    Buffer.from(`POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}`);

  it('asks one after another on one connection', async () => {
    const lane = await HttpLane.open(port);
    const statuses = [];
    for (const path of ['/201', '/429', '/201']) statuses.push(await lane.ask(request(path)));
    lane.close();
    expect(statuses).toEqual([201, 429, 201]);
  });

  it('rejects when the server hangs up', async () => {
    const lane = await HttpLane.open(port);
    await expect(lane.ask(request('/break'))).rejects.toThrow(LaneBroken);
    await expect(lane.ask(request('/201'))).rejects.toThrow('closed');
  });

  it('rejects when nobody listens', async () => {
    await expect(HttpLane.open(1)).rejects.toThrow('ECONNREFUSED');
  });
});
