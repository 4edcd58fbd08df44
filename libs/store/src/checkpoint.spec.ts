import { together } from './checkpoint.js';

describe('together', () => {
  const at = (seq: number, created = 1) => ({ created, seq });

  it('is as far as the part that is furthest behind', () => {
    expect(together([at(7), at(5), at(9)])).toEqual(at(5));
  });

  it.each([
    ['there are no parts', []],
    ['one holds nothing', [at(7), undefined, at(9)]],
    ['the first holds nothing', [undefined, at(9)]],
    ['one is of another log, though it is further', [at(7), at(9, 2)]],
    ['one is of another log, and behind', [at(7), at(5, 2), at(9)]],
  ])('is nowhere when %s', (_, parts) => {
    expect(together(parts)).toBeUndefined();
  });
});
