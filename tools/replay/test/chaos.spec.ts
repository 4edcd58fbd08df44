/**
 * Small versions of `npm run chaos`: real processes that are killed, a real network that is cut, real protocol clients.
 * What is built is run: the clients are in processes of their own.
 */
import { jest } from '@jest/globals';
import { useTempDir } from '@groundswell/testing';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drop } from '../src/chaos/drop.js';
import { kill } from '../src/chaos/kill.js';
import { makePlan } from '../src/plan/plan.js';
import { readSources, SYNTHETIC } from '../src/sources/read-sources.js';

jest.setTimeout(120_000);

const SEED = 3;
const POSTS = 20_000;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const data = useTempDir();

async function place(name: string) {
  const files = { graph: SYNTHETIC, statuses: SYNTHETIC, clock: SYNTHETIC };
  const plan = makePlan(await readSources({ ...files, limit: POSTS, seed: SEED }), POSTS);
  return {
    plan,
    seed: SEED,
    segmentMs: 250,
    root,
    data: join(data.path, name),
    say: () => undefined,
    show: () => undefined,
  };
}

describe('chaos', () => {
  it('kill: two nodes serve the same bytes and every viewer is exact, whichever dies', async () => {
    const verdict = await kill({ ...(await place('kill')), times: 3, viewers: 100, rate: 100 });
    expect(verdict.faults).toEqual([]);
    expect(verdict).toMatchObject({ exact: true, kills: 3 });
    expect(verdict.replay.segmentsCompared).toBeGreaterThan(10);
    expect(verdict.replay.segmentsReread).toBeGreaterThan(0);
    expect(verdict.replay.reconnects).toBeGreaterThan(30);
    expect(verdict.sentence).toMatch(/^3 kills by seed 3: \d+ segments identical on both nodes, 100 viewers exact/);
  });

  it('drop: whoever loses the network gets everything once and in order', async () => {
    const verdict = await drop({
      ...(await place('drop')),
      times: 2,
      clients: 100,
      ms: 1_000,
      rate: 60,
      calmMs: [500, 1_500],
    });
    expect(verdict.faults).toEqual([]);
    expect(verdict).toMatchObject({ exact: true, exactClients: 100, delivered: verdict.due });
    expect(verdict.drops.map(({ outage, cut }) => [outage, cut])).toEqual([
      ['refused', 100],
      ['silent', 100],
    ]);
    expect(verdict.due).toBeGreaterThan(100 * 100);
    expect(verdict.sentence).toMatch(/^2 drops of 1\.0 s by seed 3: 100 % of \d+ items delivered, 100 of 100 clients/);
  });
});
