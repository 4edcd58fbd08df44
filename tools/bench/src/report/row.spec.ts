import { absent, round, row } from './row.js';

describe('row', () => {
  it('has the ratio to its peer', () => {
    expect(row({ key: 'k', value: 500, unit: 'u', peer: 200 })).toEqual({
      key: 'k',
      value: 500,
      unit: 'u',
      peer: 200,
      ratio: 2.5,
    });
  });

  it('has no ratio without a peer', () => {
    expect(row({ key: 'k', value: 3, unit: 'u' })).toEqual({ key: 'k', value: 3, unit: 'u' });
  });

  it('takes the ratio before it rounds', () => {
    expect(row({ key: 'k', value: 123_456, unit: 'u', peer: 3 })).toMatchObject({ value: 123_500, ratio: 41_150 });
  });

  it('refuses what was not measured', () => {
    expect(() => row({ key: 'k', value: Number.NaN, unit: 'u' })).toThrow('k is NaN');
    expect(() => row({ key: 'k', value: 1, unit: 'u', peer: 0 })).toThrow('the peer of k is 0');
  });
});

describe('absent', () => {
  it('keeps the key, and says why there is no figure', () => {
    expect(absent('k', 'u', 'no such program')).toEqual({ key: 'k', value: null, unit: 'u', note: 'no such program' });
  });
});

describe('round', () => {
  it.each([
    [0, 0],
    [1234.56, 1235],
    [0.000123456, 0.0001235],
    [-7.65432, -7.654],
  ])('makes four digits of %d', (value, rounded) => {
    expect(round(value)).toBe(rounded);
  });
});
