import { jest } from '@jest/globals';
import { paths } from '@groundswell/protocol';
import { doublesSegments, jumbles, minTtl, refuses, swapsSegments, together } from '../src/index.js';
import { HOUR } from './durations.js';
import type { Scene } from './scene.js';
import { originStage } from './origin-stage.js';

jest.setTimeout(60_000);

const stage = originStage('broken');

/** A viewer who stands three segments behind, of which nothing rides in the head, before a cache that is still honest. */
async function behind(scene: Scene) {
  await scene.nothingInline();
  const edge = await scene.cache({});
  const viewer = scene.viewer(edge);
  await viewer.joins();
  const { n } = viewer.standing;
  await scene.says('two', 'three', 'four');
  return { edge, viewer, n };
}

describe('bodies that are not what their address says', () => {
  it.each([
    ['exchanged', swapsSegments()],
    ['doubled', doublesSegments()],
  ])('H3: segments are %s: nothing wrong is told, and the snapshot helps', async (_, fault) => {
    const scene = await stage.scene();
    const { edge, viewer } = await behind(scene);
    const before = viewer.standing;
    edge.fault = together(fault, minTtl(HOUR));
    expect(await viewer.polls()).toEqual(before);
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.missed).toBe(3);
  });

  it.each(['reversed', 'repeated'] as const)('H3: segments of a head are %s: nothing wrong is told', async (how) => {
    const scene = await stage.scene();
    const edge = await scene.cache({});
    const viewer = scene.viewer(edge);
    const before = await viewer.joins();
    await scene.says('two', 'three');
    edge.fault = jumbles(how);
    expect([await viewer.polls(), await viewer.polls()]).toEqual([before, before]);
    edge.fault = {};
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.missed).toBe(0);
  });

  it.each(['reversed', 'repeated'] as const)('H3: segments of a roll-up are %s', async (how) => {
    const scene = await stage.scene();
    await scene.nothingInline();
    const { epoch } = await scene.honest();
    await scene.says('2', '3', '4', '5', '6', '7', '8', '9');
    const edge = await scene.cache(jumbles(how));
    const viewer = scene.viewer(edge, { cursor: { epoch, n: 0 } });
    expect((await viewer.joins()).texts).toEqual([]);
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.asked.map(({ path }) => path)).toContain(paths.rollUp(scene.event, epoch, 0, 8));
  });
});

describe('a 5xx on a hot address', () => {
  it.each([500, 503])('H2: %i for a segment, for an hour: the snapshot takes its place', async (status) => {
    const scene = await stage.scene();
    const { edge, viewer, n } = await behind(scene);
    const before = viewer.standing;
    edge.fault = refuses(status, (path) => path.endsWith(`/segments/${n + 2}`));
    const { texts } = await viewer.polls();
    // What came before the hole is whole, and stays.
    expect(texts).toEqual(['two', ...before.texts]);
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.missed).toBe(2);
    await scene.says('five');
    expect(await viewer.polls()).toEqual(await scene.honest());
  });

  it('H2: for once: the next poll has everything, and nothing was skipped', async () => {
    const scene = await stage.scene();
    const { edge, viewer, n } = await behind(scene);
    edge.fault = refuses(503, (path) => path.endsWith(`/segments/${n + 1}`));
    await viewer.polls();
    edge.fault = {};
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.missed).toBe(0);
  });

  it('H5: for everything, for an hour: a hidden page asks no more often than when all is well', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache({});
    const viewer = scene.viewer(edge);
    await viewer.joins();
    viewer.client.visible(false);
    edge.fault = refuses(503, () => true);
    await scene.world.pass(HOUR);
    expect(viewer.asked.length).toBeLessThan(130);
    edge.fault = {};
    await scene.says('two');
    viewer.client.visible(true);
    await viewer.settled();
    expect(viewer.standing).toEqual(await scene.honest());
  });

  it('H1: for the head of a slot: the next slot is another address', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache({});
    const viewer = scene.viewer(edge);
    const before = await viewer.joins();
    await scene.says('two');
    edge.fault = refuses(502, (path) => path.includes('/head/'));
    expect(await viewer.polls()).toEqual(before);
    edge.fault = minTtl(HOUR);
    expect(await viewer.polls()).toEqual(await scene.honest());
  });
});

describe('pages with nothing to show', () => {
  it('H1: the viewer has muted everybody: the cursor moves all the same', async () => {
    const scene = await stage.scene();
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)), { mutes: ['ada'] });
    await viewer.joins();
    for (const text of ['two', 'three', 'four']) {
      await scene.says(text);
      expect(await viewer.polls()).toEqual({ ...(await scene.honest()), texts: [] });
    }
  });

  it('H1: the stream is paused: segments are empty, and each is read once', async () => {
    const scene = await stage.scene();
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
    const { texts } = await viewer.joins();
    await scene.sealed(() => scene.origin.turn('everyone.mode', 'paused', scene.event));
    for (const text of ['two', 'three']) {
      await scene.says(text);
      expect(await viewer.polls()).toEqual({ ...(await scene.honest()), texts });
    }
  });
});

describe('an event that has not begun', () => {
  it('H1: heads are asked for and nothing else, until there is something', async () => {
    const scene = await stage.scene({ says: [] });
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
    await viewer.joins();
    await viewer.polls();
    expect(viewer.asked.every(({ status }) => status === 200)).toBe(true);
    expect([viewer.asked.length, viewer.heads.length]).toEqual([3, 2]);
    await scene.says('at last');
    expect(await viewer.polls()).toEqual(await scene.honest());
  });
});

describe('the lever that turns the stream off', () => {
  it('H4: off: nobody moves; on again: nothing is missing', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(HOUR));
    const viewer = scene.viewer(edge);
    await viewer.joins();
    await scene.says('two');
    for (const text of ['three', 'four']) {
      const before = await viewer.polls();
      expect(before).toEqual(await scene.honest());
      await scene.turns('everyone.enabled', false, ({ shed, inline }) => shed === true && inline.length === 0);
      await scene.says(text);
      expect([await viewer.polls(), await viewer.polls()]).toEqual([before, before]);
      await scene.turns('everyone.enabled', true, ({ shed }) => shed === undefined);
      expect(await viewer.polls()).toEqual(await scene.honest());
    }
    expect(viewer.missed).toBe(0);
  });

  it('H6: off: what is taken back goes from the screen all the same', async () => {
    const scene = await stage.scene();
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
    await scene.says('regretted');
    expect((await viewer.joins()).texts).toEqual(['regretted', 'one']);
    await scene.turns('everyone.enabled', false, ({ shed }) => shed === true);
    await scene.takesBack('regretted');
    expect((await viewer.polls()).texts).toEqual(['one']);
    await scene.turns('everyone.enabled', true, ({ shed }) => shed === undefined);
    expect(await viewer.polls()).toEqual(await scene.honest());
  });

  it('H4: off: who comes now has the snapshot, and the rest when it is on again', async () => {
    const scene = await stage.scene();
    await scene.turns('everyone.enabled', false, ({ shed }) => shed === true);
    const viewer = scene.viewer(await scene.cache(minTtl(HOUR)));
    const joined = await viewer.joins();
    expect(joined).toEqual(await scene.honest());
    await scene.says('two');
    expect(await viewer.polls()).toEqual(joined);
    await scene.turns('everyone.enabled', true, ({ shed }) => shed === undefined);
    expect(await viewer.polls()).toEqual(await scene.honest());
  });
});
