import type { FriendsRank } from '@groundswell/protocol';
import fc from 'fast-check';
import { EventFeed } from './event-feed.js';
import type { Past, PastStory } from './past.js';
import type { CommentRecord, CountsRecord, StatusRecord } from './records.js';
import { plainRender, ScriptedLog, take, type LogEntry } from './scripted-log.js';
import type { SnapshotStory } from './snapshot.js';

/** What a view of the log would say after `upTo`: all stories, with all that was said of them. */
function view(entries: readonly LogEntry[], upTo: number): PastStory[] {
  const known = entries.filter(({ seq }) => seq <= upTo);
  const gone = new Set(known.flatMap((entry) => (entry.kind === 'retract' ? [entry.message.id] : [])));
  const there = <T extends StatusRecord | CommentRecord>(item: T): T[] => (gone.has(item.message.id) ? [] : [item]);
  const comments = known.flatMap((entry) => (entry.kind === 'comment' ? there(entry) : []));
  return known
    .flatMap((entry) => (entry.kind === 'status' ? there(entry) : []))
    .map((status) => {
      const isOf = ({ message }: CommentRecord | CountsRecord): boolean => message.of === status.message.id;
      const told = known.flatMap((entry) => (entry.kind === 'counts' && isOf(entry) ? [entry.message] : [])).at(-1);
      return { status, comments: comments.filter(isOf), ...(told ? { counts: told } : {}) };
    });
}

const AUTHORS = ['ada', 'ben', 'cleo', 'vera'];
const author = fc.constantFrom(...AUTHORS);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('status' as const), author }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('comment' as const), author, of: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('counts' as const), of: fc.nat(), likes: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('retract' as const), of: fc.nat() }) },
  { weight: 3, arbitrary: fc.constant({ what: 'tick' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The log of some steps, read by a feed that holds three segments. */
function play(steps: readonly Step[]): ScriptedLog {
  const log = new ScriptedLog({}, { segments: 3 });
  const written: { id: string; author: string; of?: { id: string; author: string } }[] = [];
  for (const next of steps) {
    const stories = written.filter(({ of }) => !of);
    const story = 'of' in next ? stories[next.of % Math.max(1, stories.length)] : undefined;
    if (next.what === 'tick') log.tick();
    else if (next.what === 'status') written.push({ id: log.status(next.author), author: next.author });
    else if (next.what === 'retract') {
      const at = next.of % Math.max(1, written.length);
      const [item] = written.splice(at, 1);
      if (item) log.retract(item.id, item.author, 'everyone', item.of?.id);
    } else if (!story) continue;
    else if (next.what === 'counts') log.counts(story.id, story.author, { likes: next.likes });
    else {
      const id = log.comment(next.author, story.id, story.author);
      written.push({ id, author: next.author, of: story });
    }
  }
  return log;
}

/** What a feed that has never dropped anything holds of a log. */
function whole(entries: readonly LogEntry[]): EventFeed {
  const feed = new EventFeed({ render: plainRender });
  for (const entry of entries) if (entry.kind !== 'tick') take(feed, entry);
  return feed;
}

const shown = (stories: SnapshotStory[]) =>
  stories.map(({ add, comments, commentCount, likes }) => ({
    id: add.op.id,
    comments: comments.map(({ op }) => op.id),
    commentCount,
    likes,
  }));

describe('a snapshot with stories from before the window', () => {
  const friends = fc.uniqueArray(author, { minLength: 1 });
  const rank = fc.constantFrom<FriendsRank>('latest', 'top');
  const steps = fc.array(step, { minLength: 20, maxLength: 120, size: 'max' });

  it('is that of a feed that holds everything, however old the view is that they are from', () => {
    let filled = 0;
    fc.assert(
      fc.property(steps, friends, rank, fc.nat(), (script, authors, order, age) => {
        const { reader, entries } = play(script);
        const now = entries.at(-1)?.seq ?? 0;
        const asOf = reader.heldAfter + (age % (now - reader.heldAfter + 1));
        const seen = { viewer: 'vera', rank: order, sees: (item: { author: string }) => item.author !== 'cleo' };
        const past: Past = { stories: view(entries, asOf), asOf };
        const whom = authors.filter((id) => id !== 'cleo');
        const stories = reader.friendsSnapshot(whom, { ...seen, past });
        const expected = whole(entries).friendsSnapshot(whom, seen);
        expect(shown(stories)).toEqual(shown(expected));
        if (reader.friendsSnapshot(whom, seen).length < stories.length) filled++;
      }),
      { numRuns: 400 },
    );
    expect(filled).toBeGreaterThan(50);
  });

  it('shows nothing twice and nothing gone, when the view is ahead of the feed in parts', () => {
    fc.assert(
      fc.property(steps, friends, fc.nat(), fc.nat(), (script, authors, older, newer) => {
        const { entries } = play(script);
        const now = Math.min(entries.length, 1 + (older % (entries.length + 1)));
        const reader = new EventFeed({ render: plainRender, segments: 3 });
        for (const entry of entries.slice(0, now)) take(reader, entry);
        const beyond = Math.min(entries.length, now + (newer % 10));
        const asOf = Math.max(reader.heldAfter, now - (newer % 5));
        const stories = reader.friendsSnapshot(authors, { past: { stories: view(entries, beyond), asOf } });
        const ids = stories.flatMap(({ add, comments }) => [add.op, ...comments.map(({ op }) => op)]);
        expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
        expect(ids.filter(({ seq }) => seq > now)).toEqual([]);
        const gone = entries.slice(0, now).flatMap((entry) => (entry.kind === 'retract' ? [entry.message.id] : []));
        expect(ids.filter(({ id }) => gone.includes(id))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves the window alone where it has enough', () => {
    const log = new ScriptedLog({}, { segments: 3 });
    const old = log.status('ada');
    for (let i = 0; i < 4; i++) log.tick();
    const past: Past = { stories: view(log.entries, 1), asOf: log.reader.heldAfter };
    const count = (): string[] => shown(log.reader.friendsSnapshot(['ada'], { past })).map(({ id }) => id);
    expect(count()).toEqual([old]);
    for (let i = 0; i < 30; i++) log.status('ada');
    expect(count()).not.toContain(old);
  });

  it('has nothing of somebody who is no friend any more', () => {
    const log = new ScriptedLog({}, { segments: 3 });
    log.status('ada');
    for (let i = 0; i < 4; i++) log.tick();
    const past: Past = { stories: view(log.entries, 1), asOf: log.reader.heldAfter };
    expect(log.reader.friendsSnapshot(['ben'], { past })).toEqual([]);
    expect(log.reader.friendsSnapshot(['ada'], { past, sees: () => false })).toEqual([]);
  });
});
