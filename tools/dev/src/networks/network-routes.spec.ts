import fastify, { type FastifyInstance } from 'fastify';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { addNetworks } from './network-routes.js';
import { Networks } from './networks.js';
import { NOBODY, type RemoteWorld } from './remote-world.js';

const WORLD: RemoteWorld = {
  members: [
    { id: '1', name: 'Ada Adler', handle: 'ada', follows: [] },
    { id: '2', name: 'Ben <b>', handle: 'ben"', follows: ['1'], status: 'Single' },
    { id: '3', name: 'Cleo', handle: 'cleo', follows: [] },
  ],
  accounts: [{ network: 'graph', member: 'ada', id: '1', handle: 'ada', token: 't<1>' }],
};
const PAGE = '/dev/networks/graph/ada';

describe('the pages of the networks', () => {
  let app: FastifyInstance;
  let url: string;
  /** Stands for the double. */
  let double: Server;
  let orders: unknown[];
  let answers: number;

  beforeEach(async () => {
    orders = [];
    answers = 200;
    double = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        orders.push([`${request.method} ${request.url}`, JSON.parse(Buffer.concat(chunks).toString())]);
        response.writeHead(answers).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(double, 'listening');
    await open(WORLD);
  });
  afterEach(async () => {
    await app.close();
    double.closeAllConnections();
    double.close();
  });

  async function open(world: RemoteWorld): Promise<void> {
    const networks = new Networks(world);
    await networks.settle(`http://127.0.0.1:${(double.address() as AddressInfo).port}`);
    app = fastify();
    addNetworks(app, networks);
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  }

  const textOf = async (path: string) => (await fetch(url + path)).text();
  const send = (form: Record<string, string>, { path = PAGE, origin = url } = {}) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams(form), headers: { origin }, redirect: 'manual' });

  it('show what to connect with, escaped, and run nothing', async () => {
    const answer = await fetch(`${url}/dev/networks`);
    const text = await answer.text();
    expect(text).toContain('<code>t&lt;1&gt;</code>');
    expect(text).toContain(`<a href="${PAGE}">all 1 friends</a>`);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
  });

  it('list those who follow, escaped', async () => {
    const text = await textOf(PAGE);
    expect(text).toContain('<td>Ben &lt;b&gt;</td><td>ben&quot;</td>');
    expect(text).toContain('<option value="Single" selected>');
    expect(text).not.toContain('Cleo');
    expect((await fetch(`${url}/dev/networks/graph/eve`)).status).toBe(404);
  });

  it('have somebody stop, and follow again', async () => {
    const answer = await send({ id: '2', follows: 'false', to: 'list' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PAGE}#2`]);
    expect(orders.at(-1)).toEqual(['PUT /control/following', { follower: '2', followed: '1', follows: false }]);
    expect(await textOf(PAGE)).toContain('aria-label="Ben &lt;b&gt; is a friend again"');
    const again = await send({ id: '2', follows: 'true', to: 'home' });
    expect(again.headers.get('location')).toBe('/dev/networks');
    expect(orders.at(-1)).toEqual(['PUT /control/following', { follower: '2', followed: '1', follows: true }]);
    expect(await textOf(PAGE)).toContain('is no longer a friend');
  });

  it('set what is told of somebody', async () => {
    expect((await send({ id: '2', status: 'Married' })).status).toBe(303);
    expect(orders.at(-1)).toEqual(['PUT /control/status', { id: '2', status: 'Married' }]);
    expect(await textOf(PAGE)).toContain('<option value="Married" selected>');
    await send({ id: '2', status: '-' });
    expect(orders.at(-1)).toEqual(['PUT /control/status', { id: '2', status: null }]);
  });

  it.each([
    ['a page of somebody else', { id: '2', follows: 'false' }, { origin: 'http://evil.example' }, 403],
    ['somebody who never followed', { id: '3', follows: 'true' }, {}, 400],
    ['a status of somebody who never followed', { id: '3', status: 'Married' }, {}, 400],
    ['a status that there is not', { id: '2', status: 'Entangled' }, {}, 400],
    ['nobody', {}, {}, 400],
    ['an account that there is not', { id: '2', follows: 'false' }, { path: '/dev/networks/graph/eve' }, 404],
  ])('refuse %s, and order nothing', async (_, form, how, status) => {
    const before = orders.length;
    expect((await send(form as Record<string, string>, how)).status).toBe(status);
    expect(orders).toHaveLength(before);
  });

  it('say that the double does not take an order, and change nothing', async () => {
    answers = 400;
    const answer = await send({ id: '2', follows: 'false' });
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      503,
      expect.stringContaining('try once more'),
    ]);
    expect(await textOf(PAGE)).toContain('is no longer a friend');
  });

  it('say so when nobody is there', async () => {
    await app.close();
    await open(NOBODY);
    expect(await textOf('/dev/networks')).toContain('Nobody is in the other networks');
  });
});
