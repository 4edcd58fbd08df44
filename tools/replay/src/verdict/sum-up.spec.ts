import { compareWitnesses } from './sum-up.js';

const witness = (hashes: [number, string][], contradictions: number[] = []) => ({
  hashes: new Map(hashes),
  contradictions,
});

describe('compareWitnesses', () => {
  it('wants the same bytes from where the last one began', () => {
    const early = witness([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(
      compareWitnesses([
        early,
        witness([
          [2, 'b'],
          [3, 'c'],
        ]),
      ]),
    ).toEqual([]);
    expect(
      compareWitnesses([
        early,
        witness([
          [2, 'x'],
          [3, 'c'],
        ]),
      ]),
    ).toEqual(['segment 2 differs between two nodes']);
  });

  it('finds segments that one node never served, and bytes that changed', () => {
    const whole = witness([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(
      compareWitnesses([
        whole,
        witness([
          [1, 'a'],
          [3, 'c'],
        ]),
      ]),
    ).toEqual(['segment 2 was served by one node and not by another']);
    expect(
      compareWitnesses([
        whole,
        witness([
          [1, 'a'],
          [2, 'b'],
        ]),
      ]),
    ).toHaveLength(1);
    expect(compareWitnesses([witness([[1, 'a']], [1])])).toEqual(['segment 1 changed its bytes']);
    expect(compareWitnesses([whole, witness([])])).toEqual(['a witness saw no segment at all']);
  });
});
