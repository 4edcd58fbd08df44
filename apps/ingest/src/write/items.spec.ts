import { BLOCKED, BLOCKS, FRIENDS, MUTES } from '@groundswell/social';
import type { CommentItem, Item, StatusItem } from '@groundswell/store';
import { Items } from './items.js';

const COMMENT: CommentItem = {
  kind: 'comment',
  id: 'comment',
  event: 'final',
  seq: 2,
  at: 1,
  rev: 1,
  author: { id: 'vera', name: 'Vera' },
  text: 'reply',
  audience: 'friends',
  of: 'story',
  ofAuthor: 'ada',
};

const { of: _of, ofAuthor: _ofAuthor, ...written } = COMMENT;
const STATUS: StatusItem = { ...written, kind: 'status', id: 'story', audience: 'everyone' };

function itemsOf(friends: Record<string, string[]>, item: Item = COMMENT, barred: string[] = []): Items {
  return new Items({
    item: async () => ({ checkpoint: { created: 1, seq: 2 }, item }),
    endOfEvents: async () => 2,
    friends: async (member) => friends[member] ?? [],
    barred: async () => new Set(barred),
    sides: async () => new Map(barred.map((id) => [id, BLOCKED])),
  });
}

describe('Items', () => {
  it('F3: shows a comment for friends only to the friends of the story', async () => {
    const items = itemsOf({ ben: ['ada'], eve: ['vera'] });
    await expect(items.visibleTo('ben', 'final', 'comment')).resolves.toBe(COMMENT);
    await expect(items.visibleTo('ada', 'final', 'comment')).resolves.toBe(COMMENT);
    await expect(items.visibleTo('eve', 'final', 'comment')).rejects.toMatchObject({ code: 'unknown_status' });
  });

  it('leaves a comment to its author when the friendship has ended', async () => {
    await expect(itemsOf({}).visibleTo('vera', 'final', 'comment')).resolves.toBe(COMMENT);
  });

  it('gives no status across a block, but shows it', async () => {
    const items = itemsOf({}, STATUS, ['vera']);
    await expect(items.answerable('ben', 'final', { status: 'story' })).rejects.toMatchObject({ code: 'blocked' });
    await expect(items.status('ben', 'final', 'story')).resolves.toBe(STATUS);
    await expect(itemsOf({}, STATUS, ['eve']).answerable('ben', 'final', { status: 'story' })).resolves.toBe(STATUS);
  });

  it('takes no answer to a comment across a block', async () => {
    const story = { ...STATUS, author: { id: 'ada', name: 'Ada' } };
    const all: Record<string, Item> = { story, comment: COMMENT };
    const items = (barred: string[]) =>
      new Items({
        item: async (_, id) => ({ checkpoint: { created: 1, seq: 2 }, item: all[id] }),
        endOfEvents: async () => 2,
        friends: async () => [],
        barred: async () => new Set(barred),
        sides: async () => new Map(),
      });
    const answer = { status: 'story', inReplyTo: 'comment' };
    await expect(items(['vera']).answerable('ben', 'final', answer)).rejects.toMatchObject({ code: 'blocked' });
    await expect(items([]).answerable('ben', 'final', answer)).resolves.toBe(story);
    const gone = { status: 'story', inReplyTo: 'nothing' };
    await expect(items(['vera']).answerable('ben', 'final', gone)).resolves.toBe(story);
  });

  it('shows a reader nothing across a block, and says whose comments to leave out', async () => {
    const sides = new Map([
      ['dan', MUTES],
      ['eve', BLOCKS],
      ['fay', FRIENDS],
    ]);
    const items = (author: string) =>
      new Items({
        item: async () => ({
          checkpoint: { created: 1, seq: 2 },
          item: { ...STATUS, author: { id: author, name: '' } },
        }),
        endOfEvents: async () => 2,
        friends: async () => [],
        barred: async () => new Set(),
        sides: async () => sides,
      });
    await expect(items('eve').readable('ben', 'final', 'story')).rejects.toMatchObject({ code: 'unknown_status' });
    expect((await items('dan').readable('ben', 'final', 'story')).hidden).toEqual(new Set(['dan', 'eve']));
    expect((await items('eve').readable(undefined, 'final', 'story')).hidden).toEqual(new Set());
  });

  it('gives no comment or tomb where a status is wanted', async () => {
    const tomb: Item = { kind: 'tomb', id: 'story', event: 'final', seq: 3, at: 1, author: 'vera' };
    for (const item of [tomb, COMMENT]) {
      const found = itemsOf({}, item).answerable('vera', 'final', { status: 'story' });
      await expect(found).rejects.toMatchObject({ code: 'unknown_status' });
    }
  });

  it('asks for a status and the blocks in one flight, and for nothing else', async () => {
    const asked: string[] = [];
    const answer: (() => void)[] = [];
    const later = <T>(what: string, value: T) => {
      asked.push(what);
      return new Promise<T>((resolve) => answer.push(() => resolve(value)));
    };
    const items = new Items({
      item: () => later('item', { checkpoint: { created: 1, seq: 2 }, item: STATUS }),
      barred: () => later('barred', new Set<string>()),
      endOfEvents: () => later('end', 2),
      friends: () => later('friends', []),
      sides: () => later('sides', new Map()),
    });
    const found = items.answerable('ben', 'final', { status: 'story' });
    expect(asked).toEqual(['item', 'barred']);
    for (const give of answer) give();
    await expect(found).resolves.toBe(STATUS);
    expect(asked).toHaveLength(2);
  });
});
