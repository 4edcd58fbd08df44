import fc from 'fast-check';
import { EventFeed, type Snapshot } from './event-feed.js';
import { HELD_SEGMENTS } from './fence.js';
import { itemId, LEVERS, plainRender, ScriptedLog, take } from './scripted-log.js';

const ids = (snapshot: Pick<Snapshot, 'stories'> | undefined) => snapshot?.stories.map(({ add }) => add.op.id);

describe('EventFeed', () => {
  it('H3: a snapshot followed by the next segments has no hole and no repeat', () => {
    const log = new ScriptedLog();
    const posted: string[] = [];
    for (let n = 0; n < 8; n++) {
      posted.push(log.status('ada'), log.status('ben'));
      log.tick();
    }
    const early = ids(log.reader.snapshot(5))!.toReversed();
    const later = [6, 7, 8].flatMap((n) => log.reader.segment(n)!.ops.map(({ op }) => (op as { id: string }).id));
    expect([...early, ...later]).toEqual(posted);
  });

  it('H6: what is taken back is in nothing that is held, from the next tick on', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    const comment = log.comment('ben', story, 'ada');
    log.tick();
    log.retract(comment, 'ben', 'everyone', story);
    log.tick();
    expect(log.reader.segment(1)!.ops.map(({ op }) => op.t)).toEqual(['add']);
    expect(log.reader.snapshot(2)!.stories[0]!.comments).toEqual([]);
    log.retract(story, 'ada');
    log.tick();
    expect(log.reader.segment(1)!).toMatchObject({ seen: 2, shown: 0, ops: [] });
    expect(log.reader.snapshot(3)!.stories).toEqual([]);
    expect(log.reader.friendsSnapshot(['ada'])).toEqual([]);
  });

  it('ignores ticks that break the chain: what waits is sealed by the next valid one', () => {
    const log = new ScriptedLog();
    log.status('ada');
    log.tick({ n: 5 });
    log.tick({ prev: 1 });
    expect(log.reader.head).toBeUndefined();
    expect(log.reader.waiting).toBe(1);
    log.tick();
    expect(log.reader.segment(1)).toMatchObject({ seq: [1, 4], shown: 1 });
  });

  it('holds the last segments and the items in them', () => {
    const log = new ScriptedLog();
    for (let n = 0; n < HELD_SEGMENTS + 5; n++) {
      log.status('ada');
      log.tick();
    }
    expect(log.reader.serveFrom).toBe(6);
    expect(log.reader.segment(5)).toBeUndefined();
    expect(log.reader.itemsAfter(0)).toHaveLength(HELD_SEGMENTS);
    expect(log.reader.snapshot(6)).toBeUndefined();
    expect(log.reader.snapshot(40)!.stories).toHaveLength(30);
  });

  it('merges the newest stories of many friends, newest first', () => {
    const log = new ScriptedLog();
    const posted = Array.from({ length: 200 }, (_, i) => ({
      author: `m${(i * 7) % 40}`,
      id: log.status(`m${(i * 7) % 40}`),
    }));
    const friends = ['m1', 'm3', 'm14', 'm39', 'nobody'];
    const expected = posted
      .filter(({ author }) => friends.includes(author))
      .map(({ id }) => id)
      .toReversed();
    expect(ids({ stories: log.reader.friendsSnapshot(friends) })).toEqual(expected.slice(0, 30));
  });

  it('does not claim segments from before its start, whatever the ticks that it read name', () => {
    const log = new ScriptedLog();
    const [, second] = [1, 2, 3].map(() => {
      log.status('ada');
      return log.tick();
    });
    const late = new EventFeed({ anchor: { seq: 4, tick: second! }, render: plainRender });
    for (const entry of log.entries) if (entry.seq > 4) take(late, entry);
    expect(late.head?.n).toBe(3);
    expect(late.serveFrom).toBe(3);
  });

  it('forgets each of two stories that stand in the log under one id', () => {
    const feed = new EventFeed({ render: plainRender });
    const levers = LEVERS;
    const message = { id: itemId(1), at: 1, author: { id: 'ada', name: 'Ada' }, text: 'again', rev: 1 };
    const next = () => feed.nextTick({ epoch: 1, at: 1, social: 0, leverRev: 0, levers });
    feed.push({ kind: 'status', audience: 'everyone', seq: 1, message });
    feed.tick(next(), 2);
    feed.push({ kind: 'status', audience: 'everyone', seq: 3, message });
    feed.tick({ ...next(), serveFrom: 2, replayFrom: { n: 1, seq: 2 } }, 4);
    expect(feed.friendsSnapshot(['ada']).map(({ add }) => add.op.seq)).toEqual([3]);
    feed.push({ kind: 'retract', audience: 'everyone', seq: 5, message: { id: message.id, author: 'ada' } });
    expect(feed.friendsSnapshot(['ada'])).toEqual([]);
  });

  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ t: fc.constant('status' as const), friendsOnly: fc.boolean(), author: fc.nat(3) }),
    },
    { weight: 3, arbitrary: fc.record({ t: fc.constant('comment' as const), of: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ t: fc.constant('retract' as const), of: fc.nat() }) },
    { weight: 3, arbitrary: fc.constant({ t: 'tick' as const }) },
    { weight: 1, arbitrary: fc.record({ t: fc.constant('forged' as const), n: fc.nat(9), prev: fc.nat(40) }) },
  );

  function play(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): ScriptedLog {
    const log = new ScriptedLog();
    const stories: { id: string; author: string; audience: 'everyone' | 'friends' }[] = [];
    for (const s of steps) {
      if (s.t === 'status') {
        const audience = s.friendsOnly ? 'friends' : 'everyone';
        stories.push({ id: log.status(`m${s.author}`, audience), author: `m${s.author}`, audience });
      } else if (s.t === 'tick') log.tick();
      else if (s.t === 'forged') log.tick({ n: s.n, prev: s.prev });
      else {
        const story = stories[s.of % Math.max(1, stories.length)];
        if (story && s.t === 'comment') log.comment('zoe', story.id, story.author, story.audience);
        if (story && s.t === 'retract') log.retract(story.id, story.author, story.audience);
      }
    }
    log.tick();
    return log;
  }

  it('composes the same bytes wherever a node starts reading', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, pick) => {
        const log = play(steps);
        // A node may start at any valid tick: it then holds every later segment, byte for byte.
        const valid = log.entries.flatMap((entry) =>
          entry.kind === 'tick' && log.reader.segment(entry.message.n)?.seq[1] === entry.seq ? [entry] : [],
        );
        const start = valid[pick % valid.length]!;
        const late = new EventFeed({ anchor: { seq: start.seq, tick: start.message }, render: plainRender });
        for (const entry of log.entries) if (entry.seq > start.seq) take(late, entry);
        expect(late.head).toEqual(log.reader.head);
        for (let n = start.message.n + 1; n <= log.reader.head!.n; n++) {
          expect(late.segment(n)).toEqual(log.reader.segment(n));
        }
        expect(late.itemsAfter(start.seq)).toEqual(log.reader.itemsAfter(start.seq));
      }),
    );
  });

  it('H3: shows every public item in exactly one segment, and ranges neither overlap nor leave a hole', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const log = play(steps);
        const retracted = new Set(log.entries.flatMap((e) => (e.kind === 'retract' ? [e.message.id] : [])));
        const expected = log.entries.flatMap((e) =>
          (e.kind === 'status' || e.kind === 'comment') && e.audience === 'everyone' && !retracted.has(e.message.id)
            ? [e.message.id]
            : [],
        );
        const shown: string[] = [];
        let end = 0;
        for (let n = 1; n <= log.reader.head!.n; n++) {
          const { seq, ops } = log.reader.segment(n)!;
          expect(seq[0]).toBe(end + 1);
          end = seq[1];
          for (const { op } of ops) if (op.t === 'add' || op.t === 'comment') shown.push(op.id);
        }
        expect(shown).toEqual(expected);
      }),
    );
  });
});
