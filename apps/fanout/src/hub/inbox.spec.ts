import type { Item } from '@groundswell/feed';
import type { ItemOp } from '@groundswell/protocol';
import { renderOp } from '@groundswell/render';
import { Inbox, INBOX_ITEMS } from './inbox.js';

const by = { audience: 'everyone', author: 'ada', storyAuthor: 'ada' } as const;
const item = (seq: number, op: ItemOp): Item => ({ ...by, seq, rendered: renderOp(op) });
const counts = (seq: number, of = 'story'): Item => item(seq, { t: 'counts', of, comments: 1, likes: 1, asOf: seq });
const seqs = (items: readonly Item[] | undefined) => items?.map(({ seq }) => seq);

describe('Inbox', () => {
  it('says by position what has come, an item once', () => {
    const inbox = new Inbox('vera', 5);
    for (const seq of [7, 7, 9]) inbox.put(counts(seq));
    expect([seqs(inbox.after(5)), seqs(inbox.after(7)), seqs(inbox.after(9))]).toEqual([[7, 9], [9], []]);
    expect([8, 9, 10].map((seq) => inbox.isQuietAfter(seq))).toEqual([false, true, true]);
  });

  it('does not claim what came before it was there', () => {
    const inbox = new Inbox('vera', 5);
    expect([inbox.after(4), inbox.isQuietAfter(4), inbox.isQuietAfter(5)]).toEqual([undefined, false, true]);
  });

  it('does not say again what was taken back', () => {
    const inbox = new Inbox('vera', 0);
    inbox.put(counts(1, 'gone'));
    inbox.put(counts(2, 'kept'));
    inbox.put(item(3, { t: 'tomb', id: 'gone' }));
    expect(seqs(inbox.after(0))).toEqual([2, 3]);
  });

  it('holds a bound, and knows what it has lost', () => {
    const inbox = new Inbox('vera', 0);
    for (let seq = 1; seq <= INBOX_ITEMS + 1; seq++) inbox.put(counts(seq));
    const lost = INBOX_ITEMS / 4;
    expect(inbox.after(lost - 1)).toBeUndefined();
    expect(inbox.after(lost)).toHaveLength(INBOX_ITEMS + 1 - lost);
    inbox.forgetUpTo(lost + 10);
    expect([inbox.after(lost + 9), inbox.after(lost + 10)?.length]).toEqual([undefined, INBOX_ITEMS - 9 - lost]);
  });
});
