import { chooseStories } from './choose-top.js';
import { contentLevers } from './content-levers.js';
import { Lookback } from './lookback.js';
import type { ContentLevers } from './content-levers.js';
import { plainRender, ScriptedLog } from './scripted-log.js';

const TOP: Partial<ContentLevers> = {
  'everyone.mode': 'top',
  'everyone.rate_per_s': 5,
  'everyone.author_cap_per_min': 60,
};

/** A log whose last tick was at `from` seconds, so that the next covers what comes until it is called. */
function topLog(levers: Partial<ContentLevers> = {}): ScriptedLog {
  const log = new ScriptedLog({ ...TOP, ...levers });
  log.now = 600_000;
  log.status('nobody');
  log.tick();
  return log;
}

function seal(log: ScriptedLog, seconds: number) {
  log.now! += seconds * 1000;
  const { n } = log.tick();
  return log.reader.segment(n)!;
}

const WORDS = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau'.split(
  ' ',
);
/** A text that resembles no other. */
const text = (i: number) => Array.from({ length: 6 }, (_, k) => `${WORDS[(i * 7 + k * k * 3) % 19]!}${i}`).join(' ');

describe('mode top', () => {
  it('shows as many stories as the rate allows, in log order, and says how many it saw', () => {
    const log = topLog();
    for (let i = 0; i < 200; i++) log.status(`m${i}`, 'everyone', text(i));
    const { seen, shown, ops } = seal(log, 2);
    expect({ seen, shown }).toEqual({ seen: 200, shown: 10 });
    const positions = ops.map(({ op }) => (op.t === 'add' ? op.seq : 0));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it('adds up to the rate over short segments', () => {
    const log = topLog({ 'everyone.rate_per_s': 0.5 });
    let shown = 0;
    for (let i = 0; i < 80; i++) {
      for (let k = 0; k < 3; k++) log.status(`m${i}-${k}`, 'everyone', text(i * 3 + k));
      shown += seal(log, 0.25).shown;
    }
    expect(shown).toBe(10);
  });

  it('shows everything that is said in a quiet time', () => {
    const log = topLog();
    for (let i = 0; i < 3; i++) log.status(`m${i}`, 'everyone', text(i));
    expect(seal(log, 10).shown).toBe(3);
  });

  it('gives an author no more than the cap in a minute, and chances again in the next', () => {
    const log = topLog({ 'everyone.author_cap_per_min': 2, 'everyone.rate_per_s': 100 });
    let id = 0;
    const posts = (count: number) => {
      for (let i = 0; i < count; i++) log.status('ada', 'everyone', text(id++));
    };
    posts(3);
    expect(seal(log, 1).shown).toBe(2);
    posts(3);
    expect(seal(log, 1).shown).toBe(0);
    posts(1);
    expect(seal(log, 60).shown).toBe(1);
  });

  it('shows who posts much less often per story, by decay and floor', () => {
    const levers = contentLevers({ ...TOP, 'everyone.author_decay': 0.5, 'everyone.author_floor': 0.1 });
    const tally = { heavy: 0, light: 0 };
    for (let round = 0; round < 400; round++) {
      const stories = Array.from({ length: 20 }, (_, i) => {
        const seq = round * 20 + i + 1;
        const author = i < 10 ? 'heavy' : `light${i}`;
        return plainRender({
          t: 'add' as const,
          id: `s${seq}`,
          seq,
          at: 0,
          author: { id: author, name: author },
          text: text(seq),
          rev: 1,
        });
      });
      const lookback = new Lookback();
      const span = { from: 0, to: 1000 };
      const shown = chooseStories(stories, { levers, lookback, seed: { high: 1, low: 2 }, span, render: plainRender });
      for (const { op } of shown.values()) tally[op.author.id === 'heavy' ? 'heavy' : 'light']++;
    }
    expect(tally.heavy + tally.light).toBe(2000);
    expect(tally.light / tally.heavy).toBeGreaterThan(3);
    expect(tally.heavy).toBeGreaterThan(50);
  });

  it('collapses what says the same, and tells how often it was said', () => {
    const log = topLog();
    for (let i = 0; i < 38; i++)
      log.status(`m${i}`, 'everyone', i % 2 ? 'GOAL!!! What a strike' : 'goooal what a strike!');
    log.status('other', 'everyone', 'I was in the kitchen and missed all of it');
    const { seen, shown, ops } = seal(log, 1);
    expect({ seen, shown }).toEqual({ seen: 39, shown: 2 });
    expect(ops[0]!.op).toMatchObject({ t: 'add', similar: 37 });
    expect(ops[1]!.op).not.toHaveProperty('similar');
    expect(JSON.parse(ops[0]!.json)).toEqual(ops[0]!.op);
  });

  it('shows a few comments of each story that it shows or has shown lately', () => {
    const log = topLog({ 'comments.inline_max': 2, 'comments.checked_stories': 1 });
    const first = log.status('ada', 'everyone', text(1));
    seal(log, 1);
    const second = log.status('ben', 'everyone', text(2));
    const shown = [log.comment('x', second, 'ben'), log.comment('y', second, 'ben')];
    log.comment('z', second, 'ben');
    log.comment('x', first, 'ada');
    const segment = seal(log, 10);
    expect(segment.ops.flatMap(({ op }) => (op.t === 'comment' ? [op.id] : []))).toEqual(shown);
    expect(segment.seen).toBe(5);
  });

  it('is chosen by the secret: who does not know it cannot tell what will be shown', () => {
    const shownWith = (secret: string) => {
      const log = new ScriptedLog(TOP, { secret });
      log.now = 600_000;
      for (let i = 0; i < 100; i++) log.status(`m${i}`, 'everyone', text(i));
      return JSON.stringify(seal(log, 0).ops);
    };
    expect(shownWith('a')).toBe(shownWith('a'));
    expect(shownWith('a')).not.toBe(shownWith('b'));
  });

  it('fills the snapshot with the hottest stories, newest first', () => {
    const log = topLog({ 'page.initial_size': 5, 'everyone.hot_tau_s': 30, 'everyone.rate_per_s': 100 });
    const ids = Array.from({ length: 10 }, (_, i) => {
      log.now! += 3000;
      const id = log.status(`m${i}`, 'everyone', text(i));
      log.tick();
      return id;
    });
    const snapshot = () => log.reader.snapshot(log.reader.head!.n)!.stories;
    expect(snapshot().map(({ add }) => add.op.id)).toEqual(ids.slice(5).toReversed());
    log.counts(ids[1]!, 'm1', { likes: 50 });
    seal(log, 1);
    expect(snapshot().map(({ add, likes }) => [add.op.id, likes])).toEqual([
      ...ids
        .slice(6)
        .toReversed()
        .map((id) => [id, 0]),
      [ids[1], 50],
    ]);
  });
});

describe('mode paused', () => {
  it('shows takedowns and counts only, and says what it saw', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    log.tick();
    log.levers = { ...log.levers, 'everyone.mode': 'paused' };
    log.status('ben');
    log.comment('cleo', story, 'ada');
    log.counts(story, 'ada', { likes: 3 });
    const gone = log.status('dan');
    log.retract(gone, 'dan');
    const { n } = log.tick();
    expect(log.reader.segment(n)).toMatchObject({ seen: 5, shown: 2 });
    expect(log.reader.segment(n)!.ops.map(({ op }) => op.t)).toEqual(['counts', 'tomb']);
  });
});

describe('counts', () => {
  it('are told once a segment, the newest, and never older ones', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    log.tick();
    log.counts(story, 'ada', { likes: 1, asOf: 10 });
    log.counts(story, 'ada', { likes: 2, asOf: 20 });
    log.tick();
    log.counts(story, 'ada', { likes: 9, asOf: 15 });
    log.tick();
    expect(log.reader.segment(2)!.ops.map(({ op }) => op)).toEqual([
      { t: 'counts', of: story, comments: 0, likes: 2, asOf: 20 },
    ]);
    expect(log.reader.segment(3)!.ops).toEqual([]);
  });

  it('are told with the story when both come in one segment', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    log.counts(story, 'ada', { likes: 1 });
    log.tick();
    expect(log.reader.segment(1)!.ops.map(({ op }) => op.t)).toEqual(['add', 'counts']);
  });

  it('are not told of what nobody was shown, nor once it is taken back', () => {
    const log = new ScriptedLog();
    log.counts('unknown', 'ada', { likes: 1 });
    const story = log.status('ada');
    log.tick();
    expect(log.reader.segment(1)!.ops.map(({ op }) => op.t)).toEqual(['add']);
    log.counts(story, 'ada', { likes: 1 });
    log.tick();
    log.retract(story, 'ada');
    log.tick();
    log.counts(story, 'ada', { likes: 2 });
    log.tick();
    expect([2, 3, 4].map((n) => log.reader.segment(n)!.ops.map(({ op }) => op.t))).toEqual([[], ['tomb'], []]);
  });
});
