import { ASKED, FRIENDS, WAITING } from '@groundswell/social';
import { useRedis } from '@groundswell/testing';
import {
  applySlices,
  checkpoints,
  listedComments,
  itemOps,
  partitionOf,
  profileNames,
  readGraph,
  readItem,
  readProfile,
  recents,
  socialOps,
  type Op,
} from '../src/index.js';
import { redis, slicesOf, states, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const edge = (seq: number, by: string, to: string, on = true, mutual = false) =>
  socialOps({ kind: 'friendship', seq, message: { edges: [[by, to]], on, mutual, at: 1 } });

describe('applySlices', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  const partition = partitionOf('ada');
  const one = async (from: number, to: number, ops: Op[], created = CREATED) => {
    const [outcome] = await applySlices(stack.store, {
      log: 'SOCIAL',
      created,
      slices: [{ partition, from, to, ops }],
    });
    return outcome;
  };
  const name = (seq: number, text: string): Op => ({ kind: 'field', view: 'names', seq, member: 'ada', value: text });

  it('applied: from nothing only at the beginning, then on from the checkpoint', async () => {
    expect(await one(1, 2, [])).toEqual({ state: 'behind', seq: 0 });
    expect(await one(0, 3, [name(2, 'Ada')])).toEqual({ state: 'applied', seq: 3 });
    expect((await checkpoints(stack.store, 'SOCIAL'))[partition]).toEqual({ created: CREATED, seq: 3 });
    expect((await checkpoints(stack.store, 'EVENTS'))[partition]).toBeUndefined();
  });

  it('ahead: what it has is not done again', async () => {
    await one(0, 5, [name(4, 'Ada')]);
    expect(await one(0, 4, [name(2, 'Old')])).toEqual({ state: 'ahead', seq: 5 });
    expect(await profileNames(stack.store, ['ada', 'none'])).toEqual(new Map([['ada', 'Ada']]));
  });

  it('applied, overlapping: only what comes after the checkpoint', async () => {
    await one(0, 5, [name(4, 'Ada')]);
    expect(await one(2, 8, [name(4, 'Old')])).toEqual({ state: 'applied', seq: 8 });
    expect(await profileNames(stack.store, ['ada'])).toEqual(new Map([['ada', 'Ada']]));
  });

  it('behind: nothing is done when something in between is missing', async () => {
    await one(0, 5, []);
    expect(await one(6, 8, [name(7, 'Ada')])).toEqual({ state: 'behind', seq: 5 });
    expect(await profileNames(stack.store, ['ada'])).toEqual(new Map());
  });

  it('foreign: the view of another log is left alone', async () => {
    await one(0, 5, [name(4, 'Ada')]);
    expect(await one(0, 9, [name(7, 'New')], CREATED + 1)).toEqual({ state: 'foreign', seq: 5, created: CREATED });
    expect(await profileNames(stack.store, ['ada'])).toEqual(new Map([['ada', 'Ada']]));
  });

  it('knows its script again after Redis has forgotten it', async () => {
    await one(0, 1, []);
    await redis(server, ['SCRIPT', 'FLUSH']);
    expect(await one(1, 2, [])).toEqual({ state: 'applied', seq: 2 });
  });
});

describe('the graph', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);

  it('stands when both have asked, and ends for both', async () => {
    const log = [
      ...edge(1, 'ada', 'bob'),
      ...edge(2, 'cy', 'ada'),
      ...edge(3, 'bob', 'ada'),
      ...edge(4, 'ada', 'dan', true, true),
      ...edge(5, 'ada', 'eve'),
    ];
    const apply = (from: number, to: number) =>
      applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices: slicesOf(log, from, to) });
    expect(await readGraph(stack.store, 'ada')).toEqual({ checkpoint: undefined, sides: new Map() });
    expect(states(await apply(0, 5))).toEqual(['applied']);
    expect(await readGraph(stack.store, 'ada')).toEqual({
      checkpoint: { created: CREATED, seq: 5 },
      sides: new Map([
        ['bob', FRIENDS],
        ['cy', WAITING],
        ['dan', FRIENDS],
        ['eve', ASKED],
      ]),
    });
    log.push(...edge(6, 'bob', 'ada', false), ...edge(7, 'ada', 'bob'));
    await apply(5, 7);
    expect((await readGraph(stack.store, 'bob')).sides).toEqual(new Map([['ada', WAITING]]));
  });

  it('is read as of one checkpoint, never in the middle of a slice', async () => {
    const log = Array.from({ length: 200 }, (_, i) => edge(i + 1, 'ada', `m${i}`, true, true)).flat();
    const writing = (async () => {
      for (let seq = 0; seq < 200; seq += 5) {
        await applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices: slicesOf(log, seq, seq + 5) });
      }
    })();
    const torn: unknown[] = [];
    let reads = 0;
    for (;;) {
      const { checkpoint, sides } = await readGraph(stack.store, 'ada');
      reads++;
      if (sides.size !== (checkpoint?.seq ?? 0)) torn.push({ checkpoint, friends: sides.size });
      if (checkpoint?.seq === 200) break;
    }
    await writing;
    expect(torn).toEqual([]);
    expect(reads).toBeGreaterThan(10);
  });
});

describe('profiles', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  const put = (seq: number, details: { avatar?: string; timeZone?: string }) => {
    const message = { profiles: [{ id: 'ada', name: `Ada ${seq}`, ...details }], at: 1 };
    const slices = slicesOf(socialOps({ kind: 'profile', seq, message }), seq - 1, seq);
    return applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices });
  };

  it('are what was said last, whole', async () => {
    expect(await readProfile(stack.store, 'ada')).toEqual({ checkpoint: undefined, profile: undefined });
    await put(1, { avatar: '#aa0011', timeZone: 'UTC' });
    expect(await readProfile(stack.store, 'ada')).toEqual({
      checkpoint: { created: CREATED, seq: 1 },
      profile: { name: 'Ada 1', avatar: '#aa0011', timeZone: 'UTC' },
    });
    await put(2, { avatar: '#000000' });
    expect((await readProfile(stack.store, 'ada')).profile).toEqual({ name: 'Ada 2', avatar: '#000000' });
    await put(3, {});
    expect((await readProfile(stack.store, 'ada')).profile).toEqual({ name: 'Ada 3' });
    expect((await readProfile(stack.store, 'bob')).profile).toBeUndefined();
    expect(await profileNames(stack.store, ['ada'])).toEqual(new Map([['ada', 'Ada 3']]));
  });
});

describe('items', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  const author = { id: 'ada', name: 'Ada' };
  const place = { event: 'final', audience: 'everyone' as const };
  const status = (seq: number) =>
    itemOps({
      ...place,
      kind: 'status',
      seq,
      message: { id: `s${seq}`, at: seq, author, text: `text ${seq}`, rev: 1 },
    });

  it('are found by id, newest by author and story, and gone when taken back', async () => {
    const comment = { id: 'c', at: 61, author, text: 'yes', rev: 1, of: 's60', ofAuthor: 'ada' };
    const log = [
      ...Array.from({ length: 60 }, (_, i) => status(i + 1)).flat(),
      ...itemOps({ ...place, kind: 'comment', seq: 61, message: comment }),
      ...itemOps({ ...place, kind: 'retract', seq: 62, message: { id: 's59', seq: 59, author: 'ada', at: 62 } }),
    ];
    const apply = (from: number, to: number) =>
      applySlices(stack.store, { log: 'EVENTS', created: CREATED, slices: slicesOf(log, from, to) });
    await apply(0, 62);
    expect(await readItem(stack.store, 'final', 's1')).toEqual({
      checkpoint: { created: CREATED, seq: 62 },
      item: { kind: 'status', id: 's1', seq: 1, at: 1, rev: 1, author, text: 'text 1', ...place },
    });
    expect((await readItem(stack.store, 'other', 's1')).item).toBeUndefined();
    expect((await readItem(stack.store, 'final', 's59')).item).toMatchObject({ kind: 'tomb', author: 'ada' });
    expect((await readItem(stack.store, 'final', 'c')).item).toMatchObject({ kind: 'comment', of: 's60' });
    const thread = () => listedComments(stack.store, 'final', 's60', { before: 1_000, limit: 5 });
    expect((await thread()).entries).toEqual([{ id: 'c', seq: 61 }]);

    const { stories, checkpoint } = await recents(stack.store, 'final', { authors: ['ada', 'bob', 'cy'], limit: 60 });
    const kept = Array.from({ length: 50 }, (_, i) => 60 - i).filter((seq) => seq !== 59);
    expect(stories.map(({ status: { seq } }) => seq)).toEqual(kept);
    expect(checkpoint).toEqual({ created: CREATED, seq: 62 });

    log.push(
      ...itemOps({
        ...place,
        kind: 'retract',
        seq: 63,
        message: { id: 'c', seq: 61, author: 'ada', of: 's60', at: 63 },
      }),
    );
    await apply(62, 63);
    expect((await thread()).entries).toEqual([]);
  });

  it('say so when the view of one author holds nothing', async () => {
    await applySlices(stack.store, {
      log: 'EVENTS',
      created: CREATED,
      slices: slicesOf(status(1), 0, 1).filter(({ partition }) => partition === partitionOf('ada')),
    });
    expect((await recents(stack.store, 'final', { authors: ['ada', 'bob'], limit: 9 })).checkpoint).toBeUndefined();
    expect((await recents(stack.store, 'final', { authors: ['ada'], limit: 9 })).checkpoint).toEqual({
      created: CREATED,
      seq: 1,
    });
  });
});
