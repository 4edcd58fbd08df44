import { jest } from '@jest/globals';
import { paths } from '@groundswell/protocol';
import { minTtl } from '../src/index.js';
import { HOUR, MINUTE, SECOND } from './durations.js';
import type { Scene } from './scene.js';
import type { Viewer } from './viewer.js';
import { originStage } from './origin-stage.js';

jest.setTimeout(60_000);

const stage = originStage('clocks');

/** Somebody whose tab is frozen while more is written than can be fetched; that takes its time, and nobody waits. */
let night: { scene: Scene; viewer: Viewer; written: Promise<void> };

beforeAll(async () => {
  const scene = await stage.scene();
  const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
  await viewer.joins();
  viewer.device.sleep('runs on');
  night = { scene, viewer, written: scene.says(...Array.from({ length: 66 }, (_, i) => `tonight ${i}`)) };
});

describe('slots', () => {
  /** A stranger asks for the heads of the next minute, before their time. */
  async function strangerAsks(scene: Scene, ask: (path: string) => Promise<unknown>): Promise<void> {
    for (let ahead = 2 * SECOND; ahead < MINUTE; ahead += SECOND) await ask(scene.headNow(ahead));
  }

  it('H1: a slot to come was asked for by a stranger, and nothing of it is kept', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(HOUR));
    await strangerAsks(scene, (path) => edge.answer(path));
    expect(edge.addresses).toEqual([]);
    const viewer = scene.viewer(edge);
    await viewer.joins();
    for (const text of ['two', 'three', 'four']) {
      await scene.says(text);
      expect(await viewer.polls()).toEqual(await scene.honest());
    }
  });

  it('a cache that keeps what may not be kept would hold everybody up until they are over', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache({ keepMs: () => HOUR });
    await strangerAsks(scene, (path) => edge.answer(path));
    const viewer = scene.viewer(edge);
    const joined = await viewer.joins();
    await scene.says('two');
    expect(await viewer.polls()).toEqual(joined);
    await scene.world.pass(MINUTE);
    expect(viewer.standing).toEqual(await scene.honest());
  });

  it('H1: their length changes under clients that know another', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(HOUR));
    const viewer = scene.viewer(edge);
    await viewer.joins();
    for (const slotMs of [2_000, 500, 1_000]) {
      await scene.turns('head.slot_ms', slotMs, (head) => head.slotMs === slotMs);
      await scene.says(`slots of ${slotMs} ms`);
      const kept = edge.addresses.length;
      // The first still asks for a slot of the length before: it is answered, and kept by nobody.
      expect(await viewer.polls()).toEqual(await scene.honest());
      expect(edge.addresses.slice(kept).filter((path) => path.includes('/head/'))).toEqual([]);
      await scene.says(`once more, ${slotMs} ms`);
      expect(await viewer.polls()).toEqual(await scene.honest());
      expect(viewer.heads.at(-1)).toContain(`/head/${slotMs}/`);
    }
  });
});

describe('a viewer who was away', () => {
  it('H5: one hour hidden: polls slower, and is there at once when shown again', async () => {
    const scene = await stage.scene();
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
    await viewer.joins();
    viewer.client.visible(false);
    for (let i = 0; i < 6; i++) {
      await scene.says(`while hidden ${i}`);
      await scene.world.pass(10 * MINUTE);
    }
    expect(viewer.heads.length).toBeGreaterThan(100);
    expect(viewer.heads.length).toBeLessThan(130);
    await scene.says('just before');
    viewer.client.visible(true);
    await viewer.settled();
    expect(viewer.standing).toEqual(await scene.honest());
  });

  it('H2: one hour in a tab that was frozen', async () => {
    const scene = await stage.scene();
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
    await viewer.joins();
    viewer.device.sleep('runs on');
    for (let i = 0; i < 10; i++) await scene.says(`while frozen ${i}`);
    await scene.world.pass(HOUR);
    expect(viewer.heads).toHaveLength(1);
    viewer.device.wake();
    expect(await viewer.polls()).toEqual(await scene.honest());
  });

  it('H1: a laptop that slept: slots that others have asked for meanwhile are not read', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(24 * HOUR));
    const viewer = scene.viewer(edge);
    await viewer.joins();
    viewer.device.sleep('stands still');
    // A clock that stood still would ask for just these.
    await scene.crowdPolls(edge, 40 * SECOND);
    await scene.says('two', 'three');
    await scene.world.pass(8 * HOUR);
    viewer.device.wake();
    for (const text of ['four', 'five']) {
      await scene.says(text);
      expect(await viewer.polls()).toEqual(await scene.honest());
    }
  });

  it.each(['stands still', 'runs on'] as const)(
    'H1: a device that fell asleep while it was told the time, and its clock %s',
    async (monotonic) => {
      const scene = await stage.scene();
      const edge = await scene.cache(minTtl(24 * HOUR));
      const viewer = scene.viewer(edge);
      const honest = edge.ask;
      edge.ask = async (path) => {
        const answer = await honest(path);
        if (!path.startsWith(paths.time(''))) return answer;
        edge.ask = honest;
        viewer.device.sleep(monotonic);
        await scene.crowdPolls(edge, 40 * SECOND);
        scene.world.leap(8 * HOUR);
        viewer.device.wake();
        return answer;
      };
      await scene.says('two');
      const first = viewer.joins();
      await scene.says('three');
      await first;
      expect(await viewer.polls()).toEqual(await scene.honest());
      await scene.says('four');
      expect(await viewer.polls()).toEqual(await scene.honest());
    },
  );

  it.each([HOUR, -HOUR])('H1: a wall clock that jumps by %i ms', async (ms) => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(HOUR));
    const viewer = scene.viewer(edge);
    await viewer.joins();
    await scene.says('two');
    viewer.device.aheadMs += ms;
    expect(await viewer.polls()).toEqual(await scene.honest());
    await scene.says('three');
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.asked.filter(({ path }) => path.startsWith(paths.time('')))).toHaveLength(2);
  });

  it('H2: a night in a tab that was frozen: more than can be fetched is skipped, and that is said', async () => {
    const { scene, viewer, written } = night;
    await written;
    await scene.world.pass(8 * HOUR);
    viewer.device.wake();
    expect(await viewer.polls()).toEqual(await scene.honest({ last: 30 }));
    expect(viewer.missed).toBe(66);
    await scene.says('good morning');
    expect(await viewer.polls()).toEqual(await scene.honest({ last: 31 }));
  });
});
