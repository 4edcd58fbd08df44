import { jest } from '@jest/globals';
import { openBucket, PublishUnknown, StreamUnavailable } from '@groundswell/bus';
import { LEASES_BUCKET } from '@groundswell/contracts';
import { eventually, useNatsCluster, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(180_000);

const EVENT = 'final';
const cluster = useNatsCluster();
const redis = useRedis();
let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start(cluster, redis, 3);
  await harness.event(EVENT);
}, 60_000);
afterAll(() => harness.stop(), 60_000);

const PATIENCE = { timeoutMs: 30_000, everyMs: 50 };

/** Does it again, with the same id, until the cluster has acknowledged it. */
async function surely<T>(what: () => Promise<T>): Promise<T> {
  let result: T | undefined;
  await eventually(async () => {
    try {
      result = await what();
      return true;
    } catch (error) {
      if (error instanceof PublishUnknown || error instanceof StreamUnavailable) return false;
      throw error;
    }
  }, PATIENCE);
  return result!;
}

let written = 0;
async function post(count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const id = String(++written).padStart(16, '0');
      const message = { id, at: Date.now(), author: { id: 'ada', name: 'Ada' }, text: `text ${id}`, rev: 1 };
      await surely(() => harness.write(EVENT, { kind: 'status', audience: 'everyone', message, id }));
      return id;
    }),
  );
}

/** Ticks that another ticker might write: one that was paused and comes back late, one that competes, one that lies. */
async function writeForeignTicks(): Promise<void> {
  const { seq, ...last } = (await surely(() => harness.newestTick(EVENT)))!;
  const next = { ...last, n: last.n + 1, prev: seq };
  const foreign = [{ ...last }, { ...next, prev: last.prev }, { ...next, at: 0 }, { ...next, n: next.n + 5 }, next];
  for (const message of foreign) {
    const id = `foreign-${++written}`;
    await surely(() => harness.write(EVENT, { kind: 'tick', audience: 'everyone', message, id }));
  }
}

/** Who holds the lease of the ticker. */
const ticking = () => openBucket(harness.bus, LEASES_BUCKET).get(`tick.${EVENT}`);

const segments = (socket: PlainSocket) => socket.texts.filter((text) => text.startsWith('{"t":"seg"'));

describe('a cluster of three', () => {
  it('readers fence: two nodes serve the same bytes, each status once, while servers die and others write ticks', async () => {
    const nodes = [await harness.node({ replicas: 3 }), await harness.node({ replicas: 3 })];
    const ids = await post(1);
    const viewers = await Promise.all(
      nodes.map(({ port }) => PlainSocket.greet(port, { event: EVENT, everyone: null })),
    );
    for (const viewer of viewers) await viewer.next('snap');
    await eventually(async () => ((await harness.newestTick(EVENT))?.n ?? 0) > 0, PATIENCE);
    const arrived = async () => {
      for (const viewer of viewers) await eventually(() => viewer.everyone.includes(ids.at(-1)!), PATIENCE);
    };
    for (const member of cluster.members) {
      ids.push(...(await post(20)));
      await writeForeignTicks();
      await member.kill();
      ids.push(...(await post(20)));
      await writeForeignTicks();
      await member.restart();
      await arrived();
    }
    ids.push(...(await post(1)));
    await arrived();
    const [first, second] = viewers.map((viewer) => viewer.everyone.filter((id) => ids.includes(id)));
    expect(new Set(first).size).toBe(first!.length);
    expect(first!.toSorted()).toEqual(expect.arrayContaining(ids.slice(1).toSorted()));
    expect(second!.slice(-120)).toEqual(first!.slice(-120));
    const [ours, theirs] = viewers.map((viewer) => segments(viewer));
    const shared = Math.min(ours!.length, theirs!.length);
    // Everything of a round may lie in one segment, when the cluster elects for long.
    expect(shared).toBeGreaterThan(cluster.members.length);
    expect(ours!.slice(-shared)).toEqual(theirs!.slice(-shared));
    for (const viewer of viewers) viewer.end();
  });

  it('takes the ticker over within two seconds when its node goes', async () => {
    // Leases are a stream with a leader of its own, which the cluster may still elect after EVENTS has one.
    const before = await eventually(ticking, PATIENCE);
    const { value } = await eventually(async () => {
      const now = await ticking();
      return now && now.revision > before.revision ? now : undefined;
    }, PATIENCE);
    const { holder } = JSON.parse(Buffer.from(value).toString()) as { holder: string };
    const [first, second] = harness.nodes;
    const [leaving, other] = holder === 'fanout-1' ? [first, second] : [second, first];
    const viewer = await PlainSocket.greet(other!.port, { event: EVENT, everyone: null });
    await viewer.next('snap');
    await leaving!.stop();
    const [id] = await post(1);
    await eventually(() => viewer.everyone.includes(id!), { timeoutMs: 2_500 });
    expect(viewer.everyone.filter((seen) => seen === id)).toHaveLength(1);
    viewer.end();
  });
});
