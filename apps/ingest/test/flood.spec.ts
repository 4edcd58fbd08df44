import { readSocial } from '@groundswell/contracts';
import { jest } from '@jest/globals';
import { useNats, useRedis } from '@groundswell/testing';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Harness } from './harness.js';
import { storedIn } from './log-reader.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let ingest: Harness;

/** A fifth of what somebody may try: as many as a process answers in a few seconds, and hundreds of times the limit. */
const REQUESTS = 20_000;
const CONNECTIONS = 20;
const LIMIT = 60;

beforeAll(async () => {
  ingest = await Harness.start(nats, redis, { friendshipsPerMin: LIMIT });
});
afterAll(() => ingest.stop());

/**
 * In a thread of its own, so that it takes no turns from the server: sends requests down each connection, the next one
 * with each answer, and counts these by status.
 */
const FLOOD = `
const { parentPort, workerData } = require('node:worker_threads');
const { Agent, request } = require('node:http');
const { port, token, connections, each } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const headers = { authorization: 'Bearer ' + token };
const statuses = {};
const one = (path) =>
  new Promise((resolve, reject) => {
    const options = { agent, port, path, method: 'PUT', headers };
    request(options, (answer) => answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject).end();
  });
async function line(c) {
  for (let i = 0; i < each; i++) {
    const status = await one('/v1/friends/target-' + c + '-' + i);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}
Promise.all(Array.from({ length: connections }, (_, c) => line(c))).then(() => parentPort.postMessage(statuses));
`;

async function flood(token: string): Promise<Record<string, number>> {
  const workerData = { port: ingest.app.port, token, connections: CONNECTIONS, each: REQUESTS / CONNECTIONS };
  const worker = new Worker(FLOOD, { eval: true, workerData });
  const [statuses] = (await once(worker, 'message')) as [Record<string, number>];
  await worker.terminate();
  return statuses;
}

describe('twenty thousand requests by one account', () => {
  it('come through as far as the limit, and others’ go through meanwhile', async () => {
    const token = await ingest.mint.mint('flood');
    const run = { done: false };
    const flooding = flood(token).finally(() => (run.done = true));
    const others: number[] = [];
    for (let i = 0; !run.done; i++) {
      others.push((await ingest.call('PUT', `/v1/friends/other-${i}`, { as: `member-${i % 50}` })).status);
    }
    const statuses = await flooding;
    expect(statuses).toEqual({ 200: LIMIT, 429: REQUESTS - LIMIT });
    expect(new Set(others)).toEqual(new Set([200]));
    expect(others.length).toBeGreaterThan(5);
    const messages = (await storedIn(nats.url, 'SOCIAL')).map((stored) => readSocial(stored)!);
    const by = (member: string) =>
      messages.filter((record) => record.kind === 'friendship' && record.message.edges[0]![0] === member).length;
    expect([by('flood'), messages.length]).toEqual([LIMIT, LIMIT + others.length]);
  });
});
