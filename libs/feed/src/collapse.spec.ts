import { collapse } from './collapse.js';
import { hamming, simhash } from './simhash.js';

describe('simhash', () => {
  it('is the same whatever the case, the punctuation and the length of a shout', () => {
    expect(simhash('GOOOOAL!!! What a strike')).toEqual(simhash('goal, what a strike'));
  });

  it('differs little where a word differs, and much where all do', () => {
    const long = 'that was the best save of the whole tournament and nobody will ever forget it';
    const near = hamming(simhash(long), simhash(long.replace('whole', 'entire')));
    const far = hamming(simhash(long), simhash('my neighbour mows his lawn at night while the kettle sings upstairs'));
    expect(near).toBeLessThan(16);
    expect(far).toBeGreaterThan(20);
  });

  it('knows texts without a word', () => {
    expect(simhash('!!!')).not.toEqual(simhash('???'));
    expect(simhash('')).toEqual(simhash(''));
    expect(hamming(simhash('😀'), simhash('😡'))).toBeGreaterThan(8);
  });
});

describe('collapse', () => {
  it('keeps the first of each, and where the others stood', () => {
    expect(collapse(['yes', 'no', 'YES!', 'no', 'yes'], 0)).toEqual([
      { first: 0, others: [2, 4] },
      { first: 1, others: [3] },
    ]);
  });

  it('takes short opposites for different', () => {
    expect(collapse(['he scored', 'he missed', 'they win', 'they lose'], 8)).toHaveLength(4);
  });

  it('takes nothing for nothing', () => {
    expect(collapse([], 3)).toEqual([]);
  });
});
