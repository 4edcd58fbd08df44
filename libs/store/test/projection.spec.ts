import type { SocialRecord } from '@groundswell/contracts';
import { applySide, isBarred, sideChanges, STRANGERS, type Side, type SocialCommand } from '@groundswell/social';
import { useRedis } from '@groundswell/testing';
import fc from 'fast-check';
import {
  applySlices,
  checkpoints,
  itemOps,
  reactOps,
  readBarred,
  readGraph,
  socialOps,
  type LogName,
  type Outcome,
  type RoutedOp,
  type Store,
} from '../src/index.js';
import { contents, redis, slicesOf, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const members = ['ada', 'bob', 'cy', 'dan'];
const member = fc.constantFrom(...members);
const pair = fc.tuple(member, member).filter(([a, b]) => a !== b);

const command: fc.Arbitrary<SocialCommand> = fc.oneof(
  fc
    .record({ edges: fc.array(pair, { minLength: 1, maxLength: 3 }), on: fc.boolean(), mutual: fc.boolean() })
    .map((message) => ({ kind: 'friendship' as const, message })),
  fc
    .tuple(fc.constantFrom('block' as const, 'mute' as const), pair, fc.boolean())
    .map(([kind, [by, to], on]) => ({ kind, message: { by, to, on } })),
);
const commands = fc.array(command, { maxLength: 25 });

function opsOf(messages: readonly SocialCommand[]): RoutedOp[] {
  return messages.flatMap((message, i) => {
    const record = { ...message, seq: i + 1, message: { ...('message' in message ? message.message : {}), at: 1 } };
    return socialOps(record as SocialRecord);
  });
}

/** Statuses, comments on any of them, likes, and retractions of any of them, also twice. */
const items = fc
  .array(
    fc.record({
      what: fc.constantFrom('status', 'comment', 'retract', 'uncomment', 'like', 'unlike', 'counts'),
      author: member,
      of: fc.nat(),
    }),
    {
      maxLength: 25,
    },
  )
  .map((messages) =>
    messages.flatMap(({ what, author, of }, i) => feedOps(what, { author, seq: i + 1, of: (of % (i + 1)) + 1 })),
  );

function feedOps(what: string, { author, seq, of }: { author: string; seq: number; of: number }): RoutedOp[] {
  const place = { event: 'final', audience: 'everyone' as const, seq };
  const written = { id: `i${seq}`, at: seq, author: { id: author, name: author }, text: 'x', rev: 1 };
  if (what === 'status') return itemOps({ ...place, kind: 'status', message: written });
  const message = { ...written, of: `i${of}`, ofAuthor: author };
  if (what === 'comment') return itemOps({ ...place, kind: 'comment', message });
  if (what === 'like' || what === 'unlike') {
    const reaction = { of: `i${of}`, ofAuthor: author, audience: 'everyone' as const, member: author, at: seq };
    return reactOps({ kind: 'react', event: 'final', seq, message: { ...reaction, on: what === 'like' } });
  }
  if (what === 'counts') {
    const counts = { of: `i${of}`, ofAuthor: author, comments: seq, likes: of, asOf: seq };
    return itemOps({ ...place, kind: 'counts', message: counts });
  }
  const under = what === 'uncomment' ? { of: 'i1', ofAuthor: 'ada' } : {};
  return itemOps({ ...place, kind: 'retract', message: { ...under, id: `i${of}`, seq: of, author, at: seq } });
}

const profiles = fc
  .array(fc.record({ id: member, avatar: fc.constantFrom('#aa0011', '#000000', undefined) }), { maxLength: 25 })
  .map((said) =>
    said.flatMap(({ id, avatar }, i) => {
      const profile = { id, name: `${id} ${i}`, ...(avatar === undefined ? {} : { avatar }) };
      return socialOps({ kind: 'profile', seq: i + 1, message: { profiles: [profile], at: 1 } });
    }),
  );

const logs = fc.oneof(
  profiles.map((ops) => ({ log: 'SOCIAL' as LogName, ops })),
  commands.map((messages) => ({ log: 'SOCIAL' as LogName, ops: opsOf(messages) })),
  items.map((ops) => ({ log: 'EVENTS' as LogName, ops })),
);

describe('a projection', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  const offer = (store: Store, { log, ops }: { log: LogName; ops: RoutedOp[] }, from: number, to: number) =>
    applySlices(store, { log, created: CREATED, slices: slicesOf(ops, from, to) });
  const end = (ops: RoutedOp[]) => Math.max(1, ...ops.map(({ op }) => op.seq));

  it('holds the same after any batches, repeats, rewinds and two projectors at once', async () => {
    const step = fc.record({ back: fc.nat(30), length: fc.integer({ min: 1, max: 9 }), both: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(logs, fc.array(step, { maxLength: 12 }), async (log, steps) => {
        const last = end(log.ops);
        await redis(server, ['FLUSHALL']);
        await offer(stack.store, log, 0, last);
        const expected = await contents(server);

        await redis(server, ['FLUSHALL']);
        for (const { back, length, both } of steps) {
          const from = Math.max(0, last - back);
          const to = Math.min(last, from + length);
          await Promise.all([
            offer(stack.store, log, from, Math.max(to, from)),
            ...(both ? [offer(stack.store, log, 0, to)] : []),
          ]);
        }
        await offer(stack.store, log, 0, last);
        expect(await contents(server)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('has the sides that the social rules give', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (messages) => {
        await redis(server, ['FLUSHALL']);
        await offer(stack.store, { log: 'SOCIAL', ops: opsOf(messages) }, 0, messages.length + 1);
        const expected = new Map(members.map((id) => [id, new Map<string, Side>()]));
        for (const change of messages.flatMap((message) => sideChanges(message))) {
          const sides = expected.get(change.member)!;
          const side = applySide(sides.get(change.other) ?? STRANGERS, change);
          if (side === STRANGERS) sides.delete(change.other);
          else sides.set(change.other, side);
        }
        for (const [id, sides] of expected) {
          const graph = await readGraph(stack.store, id);
          expect(graph.sides).toEqual(sides);
          const barred = new Set([...sides].flatMap(([other, side]) => (isBarred(side) ? other : [])));
          expect(await readBarred(stack.store, id)).toEqual({ checkpoint: graph.checkpoint, barred });
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('heals by itself when Redis loses everything in the middle', async () => {
    const log = { log: 'SOCIAL' as LogName, ops: bulk(400) };
    await offer(stack.store, log, 0, 400);
    const expected = await contents(server);
    await redis(server, ['FLUSHALL']);

    let position = 0;
    const rewinds: Outcome['state'][] = [];
    const flushAt = [150, 300];
    while (position < 400) {
      if (position >= (flushAt[0] ?? Infinity)) {
        flushAt.shift();
        await redis(server, ['FLUSHALL']);
      }
      const outcomes = await offer(stack.store, log, position, position + 10);
      const behind = outcomes.find(({ state }) => state === 'behind');
      if (behind) rewinds.push(behind.state);
      position = behind ? Math.min(...outcomes.map(({ seq }) => seq)) : position + 10;
    }
    expect(rewinds).toEqual(['behind', 'behind']);
    expect(await contents(server)).toEqual(expected);
    expect(new Set((await checkpoints(stack.store, 'SOCIAL')).map((checkpoint) => checkpoint?.seq))).toEqual(
      new Set([400]),
    );
  });
});

function bulk(count: number): RoutedOp[] {
  return Array.from({ length: count }, (_, i) => {
    const edges: [string, string][] = [[`m${i % 37}`, `m${(i * 7 + 1) % 41}x`]];
    return socialOps({
      kind: 'friendship',
      seq: i + 1,
      message: { edges, on: i % 5 !== 0, mutual: i % 3 === 0, at: 1 },
    });
  }).flat();
}
