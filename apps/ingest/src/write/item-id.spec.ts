import { ITEM_ID } from '@groundswell/protocol';
import { itemId } from './item-id.js';

describe('itemId', () => {
  it('is the same for the same key, and for nothing else', () => {
    const input = { event: 'final', author: 'ada', key: 'k1' };
    expect(itemId(input)).toMatch(ITEM_ID);
    expect(itemId({ ...input })).toBe(itemId(input));
    const others = [
      { ...input, key: 'k2' },
      { ...input, author: 'ben' },
      { ...input, event: 'semi' },
    ];
    expect(new Set([itemId(input), ...others.map((other) => itemId(other))]).size).toBe(4);
  });

  it('is random without a key', () => {
    const input = { event: 'final', author: 'ada', key: undefined };
    expect(itemId(input)).toMatch(ITEM_ID);
    expect(new Set(Array.from({ length: 2000 }, () => itemId(input))).size).toBe(2000);
  });
});
