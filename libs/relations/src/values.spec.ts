import { RELATIONSHIP_STATUSES } from '@groundswell/protocol';
import { isStatus, VALUES } from './values.js';

describe('values', () => {
  it('are all that members may publish, and what providers know of followers', () => {
    expect([...VALUES].sort()).toEqual([...RELATIONSHIP_STATUSES, 'follows', 'follows_not'].sort());
    expect(VALUES.filter((value) => !isStatus(value))).toEqual(['follows', 'follows_not']);
    expect([isStatus('happy'), isStatus(undefined)]).toEqual([false, false]);
  });

  it('keep the place by which they are stored', () => {
    expect(Object.fromEntries(VALUES.map((value, i) => [i, value]))).toMatchObject({
      0: 'none',
      1: 'single',
      3: 'engaged',
      11: 'widowed',
      12: 'follows',
      13: 'follows_not',
    });
  });
});
