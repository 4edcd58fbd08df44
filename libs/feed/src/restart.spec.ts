import fc from 'fast-check';
import type { ContentLevers } from './content-levers.js';
import { EventFeed } from './event-feed.js';
import { LEVERS, plainRender, ScriptedLog, take } from './scripted-log.js';

const SECRET = 'secret of the specs';
/** Few, so that what is served moves on within a property's steps. */
const SEGMENTS = 4;

const TEXTS = [
  'goal',
  'GOOOAL!!',
  'what a save that was',
  'what a save it was',
  'never a card in my life',
  'is it over yet?',
];

const levers: fc.Arbitrary<Partial<ContentLevers>> = fc.record({
  'everyone.mode': fc.constantFrom('top' as const, 'top' as const, 'all' as const, 'paused' as const),
  'everyone.rate_per_s': fc.constantFrom(0.2, 1, 5, 500),
  'everyone.author_cap_per_min': fc.constantFrom(1, 2, 4),
  'everyone.author_decay': fc.constantFrom(0, 0.5, 1),
  'everyone.author_floor': fc.constantFrom(0, 0.25),
  'everyone.dedupe_hamming': fc.constantFrom(0, 3, 8),
  'everyone.segment_max_bytes': fc.constantFrom(400, 262_144),
  'page.initial_size': fc.constantFrom(5, 30),
  'comments.enabled': fc.boolean(),
  'comments.inline_max': fc.constantFrom(0, 1, 3),
  'comments.checked_stories': fc.constantFrom(0, 2, 300),
  'comments.per_story_rate': fc.constantFrom(0.1, 2, 50),
});

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ t: fc.constant('status' as const), author: fc.nat(3), text: fc.nat(TEXTS.length - 1) }),
  },
  { weight: 4, arbitrary: fc.record({ t: fc.constant('comment' as const), of: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ t: fc.constant('counts' as const), of: fc.nat(), likes: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('retract' as const), of: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('pin' as const), of: fc.nat(), on: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      t: fc.constant('tick' as const),
      afterMs: fc.constantFrom(250, 1_000, 60_000, 300_000, 400_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ t: fc.constant('levers' as const), levers }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function play(first: Partial<ContentLevers>, steps: readonly Step[]): ScriptedLog {
  const log = new ScriptedLog(first, { secret: SECRET, segments: SEGMENTS });
  log.now = 1_000_000_000;
  const stories: { id: string; author: string }[] = [];
  const gone = { known: new Set<string>(), justNow: new Set<string>() };
  for (const s of steps) {
    const story = 'of' in s ? stories[s.of % Math.max(1, stories.length)] : undefined;
    if (s.t === 'status')
      stories.push({ id: log.status(`m${s.author}`, 'everyone', TEXTS[s.text]), author: `m${s.author}` });
    else if (s.t === 'levers') log.levers = { ...LEVERS, ...s.levers };
    else if (s.t === 'tick') {
      log.now += s.afterMs;
      log.tick();
      for (const id of gone.justNow) gone.known.add(id);
    } else if (story && s.t === 'comment') log.comment('zoe', story.id, story.author);
    else if (story && s.t === 'counts') log.counts(story.id, story.author, { likes: s.likes });
    // What is known to be gone is not accepted any more; a pin and a takedown may cross.
    else if (story && s.t === 'pin' && !gone.known.has(story.id)) log.pin(story.id, s.on);
    else if (story && s.t === 'retract') {
      log.retract(story.id, story.author);
      gone.justNow.add(story.id);
    }
  }
  log.tick();
  return log;
}

const INPUT = { epoch: 1, at: 2_000_000_000, social: 0, leverRev: 0, levers: LEVERS };

describe('a node that starts anywhere', () => {
  it('serves the same bytes as one that has read everything, in every mode, with all caps on', () => {
    let fromTheMiddle = 0;
    fc.assert(
      fc.property(levers, fc.array(step, { minLength: 60, maxLength: 150 }), fc.nat(), (first, steps, pick) => {
        const log = play(first, steps);
        const ticks = log.entries.flatMap((entry) => (entry.kind === 'tick' ? [entry] : []));
        const { message: newest } = ticks[pick % ticks.length]!;
        const start = ticks.find(({ message }) => message.n === newest.replayFrom.n);
        if (start) fromTheMiddle++;
        const late = new EventFeed({
          render: plainRender,
          secret: SECRET,
          segments: SEGMENTS,
          ...(start ? { anchor: { seq: start.seq, tick: start.message, serveFrom: newest.serveFrom } } : {}),
        });
        for (const entry of log.entries) if (entry.seq > (start?.seq ?? 0)) take(late, entry);
        const { reader } = log;
        expect(late.head).toEqual(reader.head);
        expect(late.serveFrom).toBe(reader.serveFrom);
        for (let n = reader.serveFrom; n <= reader.head!.n; n++) {
          expect(late.segment(n)).toEqual(reader.segment(n));
          expect(late.snapshot(n)).toEqual(reader.snapshot(n));
        }
        expect(late.nextTick(INPUT)).toEqual(reader.nextTick(INPUT));
      }),
      { numRuns: 300 },
    );
    expect(fromTheMiddle).toBeGreaterThan(30);
  });

  it('never serves again what was taken back', () => {
    fc.assert(
      fc.property(levers, fc.array(step, { minLength: 20, maxLength: 100 }), (first, steps) => {
        const { reader, entries } = play(first, steps);
        const gone = new Set(entries.flatMap((entry) => (entry.kind === 'retract' ? [entry.message.id] : [])));
        for (let n = reader.serveFrom; n <= reader.head!.n; n++) {
          const { stories = [], pinned = [] } = reader.snapshot(n) ?? {};
          const shown = [
            ...reader.segment(n)!.ops.flatMap(({ op }) => (op.t === 'pin' ? op.stories : op.t === 'add' ? op : [])),
            ...stories.map(({ add }) => add.op),
            ...pinned.map(({ op }) => op),
          ];
          expect(shown.filter(({ id }) => gone.has(id))).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('shows a story at most once, and as many as the caps allow', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 100 }), (steps) => {
        const top = { 'everyone.mode': 'top', 'everyone.author_cap_per_min': 2, 'everyone.rate_per_s': 1 } as const;
        const log = play(
          top,
          steps.filter(({ t }) => t !== 'levers'),
        );
        const ofMinute = new Map<string, number>();
        const seen = new Set<string>();
        let shown = 0;
        for (const entry of log.entries) {
          if (entry.kind !== 'tick') continue;
          const segment = log.reader.segment(entry.message.n);
          for (const { op } of segment?.ops ?? []) {
            if (op.t !== 'add') continue;
            expect(seen.has(op.id)).toBe(false);
            seen.add(op.id);
            shown++;
            const minute = `${op.author.id} ${Math.floor(entry.message.at / 60_000)}`;
            ofMinute.set(minute, (ofMinute.get(minute) ?? 0) + 1);
          }
        }
        for (const count of ofMinute.values()) expect(count).toBeLessThanOrEqual(2);
        expect(shown).toBeLessThanOrEqual((log.now! - 1_000_000_000) / 1000 + 1);
      }),
    );
  });
});
