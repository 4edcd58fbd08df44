import { jest } from '@jest/globals';
import { paths, type HeadBody } from '@groundswell/protocol';
import { dropsQuery, minTtl, renewsForEver, repeats, servesStaleWhileRevalidating } from '../src/index.js';
import { HOUR, MINUTE, SECOND } from './durations.js';
import { NaiveViewer } from './naive-viewer.js';
import { originStage } from './origin-stage.js';

jest.setTimeout(30_000);

const stage = originStage('stale');

describe('a cache that keeps everything for too long', () => {
  it.each([MINUTE, HOUR])('H1: at least %i ms, and a viewer whose clock is half an hour slow', async (ms) => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(ms));
    // What a slow clock would ask for has been kept since half an hour.
    await scene.crowdPolls(edge, 30 * SECOND);
    await scene.world.pass(30 * MINUTE - 30 * SECOND);
    await scene.says('two');
    const viewer = scene.viewer(edge);
    viewer.device.aheadMs = -30 * MINUTE;
    expect(await viewer.joins()).toEqual(await scene.honest());
    for (const text of ['three', 'four', 'five']) {
      await scene.says(text);
      expect(await viewer.polls()).toEqual(await scene.honest());
    }
  });

  it('holds up whoever asks an address without a slot', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(MINUTE));
    const address = scene.headNow();
    const naive = new NaiveViewer(edge, () => address);
    const { n } = await scene.honest();
    expect(await naive.polls()).toBe(n);
    for (let i = 0; i < 5; i++) {
      await scene.says(`more ${i}`);
      await scene.world.pass(10 * SECOND);
      expect(await naive.polls()).toBe(n);
    }
    await scene.world.pass(MINUTE);
    expect(await naive.polls()).toBe(n + 5);
  });

  it('holds up whoever takes the slot from a clock that is slow', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(minTtl(HOUR));
    const naive = new NaiveViewer(edge, () => scene.headNow(-30 * MINUTE));
    const { n } = await scene.honest();
    await scene.crowdPolls(edge, 30 * SECOND);
    await scene.says('two');
    await scene.world.pass(30 * MINUTE - 30 * SECOND);
    for (let i = 0; i < 3; i++) {
      expect(await naive.polls()).toBe(n);
      await scene.world.pass(6 * SECOND);
    }
  });
});

describe('a cache to which every reply is a 304', () => {
  it('H1: renews a reply with nothing in it for ever, and nobody reads it again', async () => {
    const scene = await stage.scene({ says: [] });
    const viewer = scene.viewer(await scene.cache(renewsForEver()));
    const { texts } = await viewer.joins();
    expect(texts).toEqual([]);
    for (const text of ['one', 'two']) {
      await scene.says(text);
      for (let i = 0; i < 3; i++) expect(await viewer.polls()).toEqual(await scene.honest());
      await scene.world.pass(10 * MINUTE);
    }
  });

  it('never lets go of whoever asks an address without a slot', async () => {
    const scene = await stage.scene();
    const address = scene.headNow();
    const naive = new NaiveViewer(await scene.cache(renewsForEver()), () => address);
    const n = await naive.polls();
    await scene.says('two');
    await scene.world.pass(10 * HOUR);
    expect([await naive.polls(), await naive.polls()]).toEqual([n, n]);
  });
});

describe('a cache that serves stale while it revalidates', () => {
  it('H6: a text that was purged is not shown, nor shown again', async () => {
    const scene = await stage.scene();
    await scene.nothingInline();
    const edge = await scene.cache(servesStaleWhileRevalidating(HOUR));
    const early = scene.viewer(edge);
    const { epoch, n } = await early.joins();
    await scene.says('regretted', 'three');
    expect((await early.polls()).texts).toContain('regretted');
    await scene.takesBack('regretted');

    // Resumes from before the text, so that it fetches the page that was purged.
    const late = scene.viewer(edge, { cursor: { epoch, n } });
    const { texts } = await late.joins();
    expect([texts, [...late.shown]]).toEqual([['three'], ['three']]);
    expect(late.client.cursors.everyone).toEqual({ epoch, n: n + 3 });
    expect(await early.polls()).toEqual(await scene.honest());

    await edge.revalidated();
    expect((await edge.answer(paths.segment(scene.event, epoch, n + 1))).body).not.toContain('regretted');
  });

  it('gives the text to whoever takes a page as it is', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache(servesStaleWhileRevalidating(HOUR));
    await scene.says('regretted');
    const { epoch, n } = await scene.honest();
    const page = paths.segment(scene.event, epoch, n);
    await edge.answer(page);
    await scene.takesBack('regretted');
    expect((await edge.answer(page)).body).toContain('regretted');
  });
});

describe('a cache that repeats a reply of an older epoch', () => {
  it('N2, N3: it is ignored whole, however far it had come', async () => {
    const scene = await stage.scene();
    const edge = await scene.cache({});
    const viewer = scene.viewer(edge);
    await viewer.joins();
    await scene.says('two');
    const reply = await edge.answer(scene.headNow());
    const { epoch, n, ...rest } = JSON.parse(reply.body) as HeadBody;
    const further = { ...rest, epoch, n: n + 50, snap: n + 50, inline: [], slotMs: 2_000, tombs: ['x'.repeat(16)] };
    const old = { ...reply, body: JSON.stringify(further) };
    await scene.turns('everyone.epoch', 1, (head) => head.epoch === epoch + 1);
    const { inline } = await scene.origin.head(scene.event);
    expect(inline.filter((segment) => segment.epoch === epoch)).toEqual([]);
    expect(await viewer.polls()).toEqual(await scene.honest());

    await scene.says('three');
    edge.fault = repeats(old, (path) => path.includes('/head/'));
    const before = viewer.standing;
    expect(await viewer.polls()).toEqual(before);
    expect(await viewer.polls()).toEqual(before);
    edge.fault = {};
    expect(await viewer.polls()).toEqual(await scene.honest());
    expect(viewer.heads.filter((path) => !path.includes('/head/1000/'))).toEqual([]);
    expect(viewer.asked.filter(({ status }) => status !== 200)).toEqual([]);
    expect(viewer.events.filter(({ t }) => t === 'tombs')).toEqual([]);
  });
});

describe('a proxy that drops the query string', () => {
  it('H1: nothing that is asked for has one', async () => {
    const scene = await stage.scene();
    const viewer = scene.viewer(await scene.cache(dropsQuery(HOUR)));
    await viewer.joins();
    for (const text of ['two', 'three']) {
      await scene.says(text);
      expect(await viewer.polls()).toEqual(await scene.honest());
    }
    expect(viewer.asked.filter(({ path }) => path.includes('?'))).toEqual([]);
  });

  it('holds up whoever puts the slot into a query', async () => {
    const scene = await stage.scene();
    const address = scene.headNow();
    const naive = new NaiveViewer(await scene.cache(dropsQuery(HOUR)), () => `${address}?t=${scene.world.now()}`);
    const n = await naive.polls();
    await scene.says('two');
    await scene.world.pass(10 * SECOND);
    expect(await naive.polls()).toBe(n);
  });
});
