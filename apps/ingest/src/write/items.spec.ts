import type { CommentItem } from '@groundswell/store';
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

function itemsOf(friends: Record<string, string[]>): Items {
  return new Items({
    item: async () => ({ checkpoint: { created: 1, seq: 2 }, item: COMMENT }),
    endOfEvents: async () => 2,
    friends: async (member) => friends[member] ?? [],
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
});
