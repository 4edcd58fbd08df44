import { jest } from '@jest/globals';
import { paths } from '@groundswell/protocol';
import { eventually } from '@groundswell/testing';
import { minTtl, type HostileCache } from '../src/index.js';
import { HOUR, MINUTE, SECOND } from './durations.js';
import { NatsRelay } from './nats-relay.js';
import type { Scene } from './scene.js';
import { originStage } from './origin-stage.js';

jest.setTimeout(60_000);

const stage = originStage('nodes');

/** Where a viewer is behind. */
const BEHIND = 1;

let relay: NatsRelay;
let roaming: Scene;
let purging: Scene;

// The events are on air before the second node is there, so that the first writes their ticks.
beforeAll(async () => {
  relay = await NatsRelay.start(stage.nats.port);
  roaming = await stage.scene();
  purging = await stage.scene();
  await stage.origin.node(relay.url);
}, 30_000);
afterAll(() => relay.stop());
afterEach(() => relay.release());

const caughtUp = (event: string) =>
  eventually(async () => (await stage.origin.head(event, BEHIND)).n === (await stage.origin.head(event)).n);

describe('two nodes, each behind an edge of its own', () => {
  it('N2: a viewer roams between edges with skew, one of which is behind, and never goes back', async () => {
    await caughtUp(roaming.event);
    const east = await roaming.cache(minTtl(MINUTE), { aheadMs: 90 * SECOND });
    const ask = roaming.ask(BEHIND, 2 * SECOND);
    const west = await roaming.cache(minTtl(MINUTE), { ask, aheadMs: -90 * SECOND });
    const viewer = roaming.viewer(east);
    await viewer.joins();
    relay.hold();
    for (const text of ['two', 'three']) {
      await roaming.says(text);
      viewer.edge = east;
      const before = await viewer.polls();
      expect(before).toEqual(await roaming.honest());
      viewer.edge = west;
      expect(await viewer.polls()).toEqual(before);
      expect((await stage.origin.head(roaming.event, BEHIND)).n).toBeLessThan(before.n);
    }
    relay.release();
    await roaming.says('four');
    await caughtUp(roaming.event);
    expect(await viewer.polls()).toEqual(await roaming.honest());
  });

  it('H1: what others asked the node with the fast clock for too early is over with its slot', async () => {
    await caughtUp(roaming.event);
    const west = await roaming.cache(minTtl(MINUTE), { ask: roaming.ask(BEHIND, 2 * SECOND) });
    const viewer = roaming.viewer(await roaming.cache({}));
    await viewer.joins();
    const { length } = west.addresses;
    for (const aheadMs of [0, 1 * SECOND, 2 * SECOND]) await west.answer(roaming.headNow(aheadMs));
    expect(west.addresses.length).toBeGreaterThan(length + 1);
    await roaming.says('five');
    await caughtUp(roaming.event);
    viewer.edge = west;
    expect(await viewer.polls()).toEqual(await roaming.honest());
  });

  it('H6: a page is purged while its node is behind: the text comes back into caches, and to no viewer', async () => {
    await caughtUp(purging.event);
    await purging.nothingInline();
    const west = await purging.cache(minTtl(HOUR), { ask: purging.ask(BEHIND) });
    const deaf = await purging.cache(minTtl(HOUR), { ask: purging.ask(BEHIND), deaf: true });
    const { epoch, n } = await purging.honest();
    await purging.says('regretted', 'three');
    await caughtUp(purging.event);
    const early = purging.viewer(west);
    expect((await early.joins()).texts).toContain('regretted');
    const page = paths.segment(purging.event, epoch, n + 1);
    const holds = async (cache: HostileCache) => (await cache.answer(page)).body.includes('regretted');

    relay.hold();
    await purging.takesBack('regretted');
    expect([await holds(west), await holds(deaf)]).toEqual([true, true]);
    const { purges } = purging;
    relay.release();
    await caughtUp(purging.event);
    expect(await holds(deaf)).toBe(true);

    expect(await early.polls()).toEqual(await purging.honest());
    for (const edge of [west, deaf]) {
      const late = purging.viewer(edge, { cursor: { epoch, n } });
      expect(await late.joins()).toMatchObject({ epoch, n: n + 3, texts: ['three'] });
      expect([...late.shown]).toEqual(['three']);
    }
    // When every node has caught up, it is purged again.
    await eventually(() => purging.purges > purges, { message: 'a second purge' });
    expect([await holds(west), await holds(deaf)]).toEqual([false, true]);
  });
});
