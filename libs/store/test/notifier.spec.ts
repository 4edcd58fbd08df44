import { useRedis } from '@groundswell/testing';
import fc from 'fast-check';
import {
  applySlices,
  clearOutbox,
  commitPairs,
  countRun,
  leaseDue,
  makeDue,
  overdue,
  partitionOf,
  quarantinedRuns,
  quarantineRun,
  readOutbox,
  readPairs,
  releaseRun,
  type RoutedOp,
  type WatcherCommit,
} from '../src/index.js';
import { contents, redis, slicesOf, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const CHECK = { check: 'own' };
const LEASE_MS = 900_000;

const watch = (seq: number, watcher: string, subject: string, on = true, at = seq): RoutedOp => ({
  partition: partitionOf(watcher),
  op: { kind: 'watch', seq, provider: 'own', watcher, subject, on, at },
});

describe("the notifier's part of the store", () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);

  const apply = (ops: RoutedOp[], from = 0, to = ops.length) =>
    applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices: slicesOf(ops, from, to) });
  const lease = (now: number, limit = 1_000) => leaseDue(stack.store, CHECK, { now, until: now + LEASE_MS, limit });
  const pairsOf = async (watcher: string) => Object.fromEntries((await readPairs(stack.store, 'own', [watcher]))[0]!);
  const commit = (of: Partial<WatcherCommit>) =>
    commitPairs(stack.store, 'own', [
      { watcher: 'ada', pairs: [], leasedUntil: 10 + LEASE_MS, nextAt: 5_000, lookedAt: 9_000, ...of },
    ]);

  describe('watching', () => {
    it('makes a pair of which nothing is known, due at once', async () => {
      await apply([watch(1, 'ada', 'ben'), watch(2, 'ada', 'cleo')]);
      expect(await pairsOf('ada')).toEqual({ ben: 'n', cleo: 'n' });
      expect(await lease(0)).toEqual([]);
      expect(await lease(1)).toEqual(['ada']);
    });

    it('leaves what is known when it is said again, and brings forward who watches one more', async () => {
      await apply([watch(1, 'ada', 'ben')]);
      await lease(10);
      await commit({ pairs: [{ subject: 'ben', before: 'n', after: 'known' }] });
      await apply([watch(2, 'ada', 'ben')], 1, 2);
      expect([await pairsOf('ada'), await lease(4_999)]).toEqual([{ ben: 'known' }, []]);
      await apply([watch(3, 'ada', 'cleo', true, 100)], 2, 3);
      expect([await pairsOf('ada'), await lease(4_999)]).toEqual([{ ben: 'known', cleo: 'n' }, ['ada']]);
    });

    it('ends without a trace', async () => {
      await apply([watch(1, 'ada', 'ben'), watch(2, 'ada', 'cleo'), watch(3, 'ada', 'ben', false)]);
      expect(await lease(10)).toEqual(['ada']);
      await apply([watch(4, 'ada', 'cleo', false), watch(5, 'ada', 'dora', false)], 3, 5);
      const left = Object.keys(await contents(server)).filter((key) => !key.includes('checkpoint'));
      expect(left).toEqual([]);
    });

    it('comes to the same in any deliveries', async () => {
      const step = fc.record({ who: fc.constantFrom('ada', 'eve'), of: fc.constantFrom('b', 'c'), on: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(fc.nat(12)), async (steps, cuts) => {
          const ops = steps.map(({ who, of, on }, i) => watch(i + 1, who, of, on));
          await redis(server, ['FLUSHALL']);
          await apply(ops);
          const whole = await contents(server);
          await redis(server, ['FLUSHALL']);
          const ends = [...new Set([...cuts.map((cut) => Math.min(cut, ops.length)), ops.length])].sort(
            (a, b) => a - b,
          );
          let from = 0;
          for (const to of ends) {
            await apply(ops, from, to);
            await apply(ops, 0, to);
            from = to;
          }
          expect(await contents(server)).toEqual(whole);
        }),
        { numRuns: 60 },
      );
    }, 30_000);
  });

  describe('leases', () => {
    const watchers = Array.from({ length: 200 }, (_, i) => `m${i}`);

    it('give each watcher to one caller, and again after a while', async () => {
      await apply(watchers.map((watcher, i) => watch(i + 1, watcher, 'x', true, 50)));
      const both = await Promise.all([lease(100), lease(100)]);
      expect(both.flat().sort()).toEqual([...watchers].sort());
      expect(await lease(99 + LEASE_MS)).toEqual([]);
      expect((await lease(100 + LEASE_MS)).sort()).toEqual([...watchers].sort());
    });

    it('give a page at a time until nobody is due', async () => {
      await apply(watchers.map((watcher, i) => watch(i + 1, watcher, 'x', true, 50)));
      const seen: string[] = [];
      for (let page = await lease(100, 64); page.length > 0; page = await lease(100, 64)) {
        expect(page.length).toBeLessThanOrEqual(64);
        seen.push(...page);
      }
      expect(seen.sort()).toEqual([...watchers].sort());
    });

    it('can be brought forward, and not put off, by others; who does not watch is not made to', async () => {
      await apply([watch(1, 'ada', 'x', true, 500)]);
      await makeDue(stack.store, CHECK, ['ada', 'nobody'], 200);
      await makeDue(stack.store, CHECK, ['ada'], 900);
      expect(await lease(199)).toEqual([]);
      expect(await lease(1_000)).toEqual(['ada']);
    });

    it('say how late they are', async () => {
      await apply([watch(1, 'ada', 'x', true, 300), watch(2, 'eve', 'x', true, 200), watch(3, 'zoe', 'x', true, 900)]);
      expect(await overdue(stack.store, CHECK, 500)).toEqual({ count: 2, since: 200 });
      expect(await overdue(stack.store, CHECK, 100)).toEqual({ count: 0, since: undefined });
    });
  });

  describe('a commit', () => {
    const notice = { id: 'n1', json: '{"to":"engaged"}' };

    beforeEach(async () => {
      await apply([watch(1, 'ada', 'ben'), watch(2, 'ada', 'cleo')]);
      await lease(10);
    });

    it('writes pairs, notices and both times together', async () => {
      const pairs = [
        { subject: 'ben', before: 'n', after: 'p1', notice },
        { subject: 'cleo', before: 'n', after: 'p2' },
      ];
      expect(await commit({ pairs })).toEqual([true]);
      expect(await pairsOf('ada')).toEqual({ ben: 'p1', cleo: 'p2' });
      expect(await readOutbox(stack.store, ['eve', 'ada'])).toEqual([[], [notice]]);
      expect([await lease(4_999), await lease(5_000)]).toEqual([[], ['ada']]);
      const letters = (now: number) => leaseDue(stack.store, 'letter', { now, until: now + 1, limit: 64 });
      expect([await letters(8_999), await letters(9_000)]).toEqual([[], ['ada']]);
    });

    it('writes nothing of a watcher of whom another worker has written', async () => {
      await commit({ pairs: [{ subject: 'cleo', before: 'n', after: 'theirs' }] });
      const before = await contents(server);
      const pairs = [
        { subject: 'ben', before: 'n', after: 'mine', notice },
        { subject: 'cleo', before: 'n', after: 'mine' },
      ];
      expect(await commit({ pairs, nextAt: 1 })).toEqual([false]);
      expect(await contents(server)).toEqual(before);
    });

    it('leaves out who is watched no longer', async () => {
      await apply([watch(3, 'ada', 'ben', false)], 2, 3);
      expect(await commit({ pairs: [{ subject: 'ben', before: 'n', after: 'p1', notice }] })).toEqual([true]);
      expect(await pairsOf('ada')).toEqual({ cleo: 'n' });
      expect(await readOutbox(stack.store, ['ada'])).toEqual([[]]);
    });

    it('does not bring back somebody who watches nobody', async () => {
      await apply(
        [watch(3, 'ada', 'ben', false), watch(4, 'ada', 'cleo', false)].map((op) => op),
        2,
        4,
      );
      expect(await commit({})).toEqual([true]);
      expect(await lease(1e12)).toEqual([]);
    });

    it('leaves somebody brought forward who has been so meanwhile', async () => {
      await makeDue(stack.store, CHECK, ['ada'], 20);
      await commit({ pairs: [{ subject: 'ben', before: 'n', after: 'p1' }] });
      expect([await lease(19), await lease(20)]).toEqual([[], ['ada']]);
      await apply([watch(3, 'ada', 'dora', true, 30)], 2, 3);
      await commit({ leasedUntil: 20 + LEASE_MS });
      expect([await lease(29), await lease(30)]).toEqual([[], ['ada']]);
    });

    it('judges each of several watchers for itself, those of one part of the store among them', async () => {
      const names = Array.from({ length: 2_000 }, (_, i) => `w${i}`);
      const neighbours = names.filter((name) => partitionOf(name) === partitionOf('ada')).slice(0, 3);
      const [fine, late, idle] = neighbours as [string, string, string];
      const far = names.find((name) => partitionOf(name) !== partitionOf('ada'))!;
      const all = [fine, late, idle, far];
      await apply(
        all.flatMap((watcher, i) => [3 + 2 * i, 4 + 2 * i].map((seq) => watch(seq, watcher, `s${seq}`, true, 12))),
        2,
        10,
      );
      await lease(20);
      const of = (watcher: string, pairs: WatcherCommit['pairs']): WatcherCommit => ({
        watcher,
        pairs,
        leasedUntil: 20 + LEASE_MS,
        nextAt: 6_000,
        lookedAt: 9_000,
      });
      const commits = [
        of(fine, [
          { subject: 's3', before: 'n', after: 'p3' },
          { subject: 's4', before: 'n', after: 'p4', notice: { id: 'n4', json: '4' } },
        ]),
        of(late, [
          { subject: 's5', before: 'n', after: 'p5', notice: { id: 'n5', json: '5' } },
          { subject: 's6', before: 'other', after: 'p6' },
        ]),
        of(idle, []),
        of(far, [{ subject: 's9', before: 'n', after: 'p9', notice: { id: 'n9', json: '9' } }]),
      ];
      expect(await commitPairs(stack.store, 'own', commits)).toEqual([true, false, true, true]);
      expect(await Promise.all(all.map(pairsOf))).toEqual([
        { s3: 'p3', s4: 'p4' },
        { s5: 'n', s6: 'n' },
        { s7: 'n', s8: 'n' },
        { s9: 'p9', s10: 'n' },
      ]);
      expect(await readOutbox(stack.store, all)).toEqual([
        [{ id: 'n4', json: '4' }],
        [],
        [],
        [{ id: 'n9', json: '9' }],
      ]);
      const letters = await leaseDue(stack.store, 'letter', { now: 9_000, until: 9_001, limit: 64 });
      expect(letters.sort()).toEqual([fine, far].sort());
      expect((await lease(6_000)).sort()).toEqual([fine, idle, far].sort());
      // Their look has come to nothing: they are due again at once.
      expect(await lease(9_000)).toEqual([late]);
    });

    it('puts the letter at the earliest time, and a notice in once', async () => {
      await commit({ pairs: [{ subject: 'ben', before: 'n', after: 'p1', notice }], lookedAt: 700 });
      await commit({ pairs: [{ subject: 'ben', before: 'p1', after: 'p2', notice }], lookedAt: 900 });
      expect(await readOutbox(stack.store, ['ada'])).toEqual([[notice]]);
      expect(await leaseDue(stack.store, 'letter', { now: 700, until: 800, limit: 64 })).toEqual(['ada']);
    });
  });

  describe('the outbox', () => {
    const letters = (now: number) => leaseDue(stack.store, 'letter', { now, until: now + 60_000, limit: 64 });
    const put = (...ids: string[]) =>
      commit({
        pairs: ids.map((id) => ({ subject: id, before: 'n', after: 'n', notice: { id, json: `"${id}"` } })),
        lookedAt: 100,
      });

    beforeEach(() => apply([watch(1, 'ada', 'a'), watch(2, 'ada', 'b')]));

    it('keeps what came while a letter was written', async () => {
      await put('a');
      expect(await letters(100)).toEqual(['ada']);
      await put('b');
      await clearOutbox(stack.store, [{ watcher: 'ada', ids: ['a'], letterAt: 500 }]);
      expect(await readOutbox(stack.store, ['ada'])).toEqual([[{ id: 'b', json: '"b"' }]]);
      expect([await letters(499), await letters(500)]).toEqual([[], ['ada']]);
    });

    it('sets the time of the next letter only under the lease that the letter was written under', async () => {
      await put('a');
      expect(await letters(100)).toEqual(['ada']);
      await put('b');
      await clearOutbox(stack.store, [{ watcher: 'ada', ids: ['a'], letterAt: 500_000, leasedUntil: 60_100 }]);
      // It was brought forward by what came meanwhile.
      expect(await letters(100)).toEqual(['ada']);
      await clearOutbox(stack.store, [{ watcher: 'ada', ids: [], letterAt: 500_000, leasedUntil: 60_100 }]);
      expect([await letters(499_999), await letters(500_000)]).toEqual([[], ['ada']]);
    });

    it('leaves nothing when all has been told', async () => {
      await put('a', 'b');
      await clearOutbox(stack.store, [{ watcher: 'ada', ids: ['a', 'b'], letterAt: 500 }]);
      expect(Object.keys(await contents(server)).filter((key) => /outbox|letters/.test(key))).toEqual([]);
    });
  });

  describe('runs', () => {
    const of = (run: number) => ({ provider: 'own', run });

    it('are counted by all workers together, each by itself', async () => {
      const { store } = stack;
      await Promise.all([
        countRun(store, of(7), { pairs: 100, differing: 1 }),
        countRun(store, of(7), { pairs: 50, differing: 0 }),
        countRun(store, of(8), { pairs: 1, differing: 1 }),
      ]);
      expect(await countRun(store, of(7), { pairs: 1, differing: 1 })).toEqual({ pairs: 151, differing: 2 });
      expect(await countRun(store, { provider: 'graph', run: 7 }, { pairs: 3, differing: 0 })).toEqual({
        pairs: 3,
        differing: 0,
      });
    });

    it('are in quarantine until an operator lets them go', async () => {
      const { store } = stack;
      expect(await quarantineRun(store, of(7))).toBe(true);
      expect(await quarantineRun(store, of(7))).toBe(false);
      await quarantineRun(store, of(9));
      expect(await quarantinedRuns(store, 'own')).toEqual(new Set([7, 9]));
      expect(await quarantinedRuns(store, 'graph')).toEqual(new Set());
      await releaseRun(store, of(7));
      expect(await quarantinedRuns(store, 'own')).toEqual(new Set([9]));
    });

    it('leave no more than a thousand behind', async () => {
      for (let run = 0; run < 1_005; run++) await quarantineRun(stack.store, of(run));
      const kept = await quarantinedRuns(stack.store, 'own');
      expect([kept.size, kept.has(4), kept.has(5)]).toEqual([1_000, false, true]);
    });
  });

  it('holds 1,000 watchers with ten subjects each in less than 1.6 MB', async () => {
    const used = async () => Number(/used_memory:(\d+)/.exec(String(await redis(server, ['INFO', 'memory'])))![1]);
    const ops = Array.from({ length: 10_000 }, (_, i) =>
      watch(i + 1, `member-${String(i % 1_000).padStart(7, '0')}`, `member-${String(i * 37 + 11).padStart(7, '0')}`),
    );
    await apply([watch(1, 'first', 'one')]);
    const before = await used();
    await applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices: slicesOf(ops, 1, ops.length) });
    const page = await lease(1e9, 64_000);
    const stable = 'so5uatc00,c,k,o5uatc00,1,2r,18y67';
    const read = await readPairs(stack.store, 'own', page);
    const commits = page.map((watcher, i): WatcherCommit => {
      const pairs = [...read[i]!].map(([subject, text]) => ({ subject, before: text, after: stable }));
      return { watcher, pairs, leasedUntil: 1e9 + LEASE_MS, nextAt: 1, lookedAt: 1 };
    });
    expect((await commitPairs(stack.store, 'own', commits)).every(Boolean)).toBe(true);
    expect(page).toHaveLength(1_001);
    expect((await used()) - before).toBeLessThan(1.6 * 1024 * 1024);
  });
});
