import { useRedis } from '@groundswell/testing';
import type { FeedRecord } from '@groundswell/contracts';
import fc from 'fast-check';
import { applySlices, COMMENTS_KEPT, itemOps, NEWEST_KEPT, recents } from '../src/index.js';
import { contents, redis, slicesOf, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const server = useRedis({ appendonly: false });
const stack = useStore(server);

type Step =
  | { what: 'status'; author: string; again: boolean }
  | { what: 'comment'; author: string; of: number }
  | { what: 'retract'; of: number }
  | { what: 'counts'; of: number };

interface Written {
  id: string;
  seq: number;
  author: string;
  of?: Written;
}

/** A log as ingest writes it, with all that was written and not taken back. */
class Log {
  readonly records: FeedRecord[] = [];
  written: Written[] = [];
  readonly counts = new Map<string, number>();

  take(step: Step): void {
    const seq = this.records.length + 1;
    const stories = this.written.filter(({ of }) => !of);
    switch (step.what) {
      case 'status': {
        const repeated = step.again ? stories.findLast(({ author }) => author === step.author) : undefined;
        return this.write({ id: repeated?.id ?? `s${seq}`, seq, author: step.author });
      }
      case 'comment': {
        const of = stories[step.of % Math.max(1, stories.length)];
        if (of) this.write({ id: `c${seq}`, seq, author: step.author, of });
        return;
      }
      case 'retract': {
        const gone = this.written[step.of % Math.max(1, this.written.length)];
        if (gone) this.takeBack(gone);
        return;
      }
      case 'counts': {
        const of = stories[step.of % Math.max(1, stories.length)];
        if (!of) return;
        this.counts.set(of.id, seq);
        this.push('counts', { of: of.id, ofAuthor: of.author, comments: seq, likes: seq, asOf: seq });
      }
    }
  }

  /** Stories of these authors, newest first, each with its newest comments and its counts: told since it was written. */
  recents(authors: readonly string[]): [id: string, seq: number, comments: string[], told: number][] {
    const kept = authors.flatMap((id) =>
      this.written.filter(({ of, author }) => !of && author === id).slice(-NEWEST_KEPT),
    );
    return kept
      .toSorted((a, b) => b.seq - a.seq)
      .map(({ id, seq }) => {
        const comments = this.written.filter(({ of, seq: at }) => of?.id === id && at > seq).map((one) => one.id);
        const told = this.counts.get(id) ?? 0;
        return [id, seq, comments.slice(-COMMENTS_KEPT), told > seq ? told : 0];
      });
  }

  private write(item: Written): void {
    const { id, seq, author, of } = item;
    // Who posts a status again takes back what was posted before.
    this.written = this.written.filter((one) => one.id !== id);
    this.written.push(item);
    const fields = { id, at: seq, author: { id: author, name: author }, text: `text of ${id}.`, rev: 1 };
    if (of) this.push('comment', { ...fields, of: of.id, ofAuthor: of.author });
    else this.push('status', fields);
  }

  private takeBack({ id, seq, author, of }: Written): void {
    this.written = this.written.filter((one) => one.id !== id);
    const under = of ? { of: of.id, ofAuthor: of.author } : {};
    this.push('retract', { id, seq, author, at: 1, ...under });
  }

  private push(kind: 'status' | 'comment' | 'retract' | 'counts', message: object): void {
    const seq = this.records.length + 1;
    this.records.push({ event: 'final', audience: 'friends', kind, seq, message } as FeedRecord);
  }
}

const author = fc.constantFrom('ada', 'ben', 'cleo');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('status' as const), author, again: fc.nat(9).map((n) => n === 0) }),
  },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('comment' as const), author, of: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('retract' as const), of: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('counts' as const), of: fc.nat(5) }) },
);

/** Applies records in slices of this many. */
async function project(records: readonly FeedRecord[], size = records.length): Promise<void> {
  const ops = records.flatMap((record) => itemOps(record));
  for (let from = 0; from < records.length; from += size) {
    const slices = slicesOf(ops, from, Math.min(records.length, from + size));
    await applySlices(stack.store, { log: 'EVENTS', created: CREATED, slices });
  }
}

async function read(authors: readonly string[], limit = 1_000) {
  const { stories, ...rest } = await recents(stack.store, 'final', { authors, limit });
  const told = stories.map(({ status, comments, counts }) => [
    status.id,
    status.seq,
    comments.map(({ id }) => id),
    counts.asOf,
  ]);
  return { told, ...rest };
}

describe('recents', () => {
  it('have the newest stories with what is said of them, as the log alone gives it', async () => {
    const size = fc.integer({ min: 1, max: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 80 }), size, async (steps, batch) => {
        const log = new Log();
        for (const next of steps) log.take(next);
        await redis(server, ['FLUSHALL']);
        await project(log.records, batch);
        expect((await read(['ada', 'ben'])).told).toEqual(log.recents(['ada', 'ben']));
        const gone = log.records.flatMap((record) => (record.kind === 'retract' ? [record.message.id] : []));
        const taken = gone.filter((id) => log.written.every((item) => item.id !== id));
        const everything = JSON.stringify(await contents(server));
        expect(taken.filter((id) => everything.includes(`text of ${id}.`))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('keep the talk of the newest statuses alone, and few comments of each', async () => {
    const log = new Log();
    for (let i = 0; i < NEWEST_KEPT + 5; i++) {
      log.take({ what: 'status', author: 'ada', again: false });
      for (let n = 0; n < 12; n++) log.take({ what: 'comment', author: 'ben', of: i });
    }
    await project(log.records, 50);
    expect((await read(['ada'])).told).toEqual(log.recents(['ada']));
    const talk = Object.entries(await contents(server)).find(([key]) => key.includes(':talk:'));
    expect(talk![1]).toHaveLength(NEWEST_KEPT * (1 + COMMENTS_KEPT));
  });

  it('give the newest of all authors up to a limit, whoever wrote them, and say when there may be more', async () => {
    const authors = Array.from({ length: 200 }, (_, i) => `m${i}`);
    // Some write much more than others.
    const who = fc.oneof(fc.nat(199), fc.nat(2));
    await fc.assert(
      fc.asyncProperty(fc.array(who, { minLength: 1, maxLength: 150, size: 'max' }), async (posts) => {
        const log = new Log();
        for (const n of posts) log.take({ what: 'status', author: `m${n}`, again: false });
        await redis(server, ['FLUSHALL']);
        await project(log.records);
        const { told, more } = await read(authors, 30);
        expect(told).toEqual(log.recents(authors).slice(0, 30));
        expect(more || posts.length <= 30).toBe(true);
        expect((await read(authors)).more).toBe(false);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
