import { looseEntry, storyEntry } from '../../test/entries.js';
import { holdBack } from './held-entries.js';

describe('holdBack', () => {
  const entries = [looseEntry(9), storyEntry(8), storyEntry(5), storyEntry(4)];

  it('shows everything at the top', () => {
    expect(holdBack(entries, undefined)).toEqual({ shown: entries, waiting: 0 });
  });

  it('keeps back what came after the reader scrolled away', () => {
    expect(holdBack(entries, 5)).toEqual({ shown: entries.slice(2), waiting: 2 });
    expect(holdBack(entries, 9).shown).toBe(entries);
  });

  it('keeps nothing back when what was read is no longer held', () => {
    expect(holdBack(entries, 1)).toEqual({ shown: entries, waiting: 0 });
  });
});
