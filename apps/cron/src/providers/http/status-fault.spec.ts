import { statusFault } from './status-fault.js';

describe('statusFault', () => {
  it.each([
    [200, true, undefined],
    [204, true, { kind: 'hard', reason: 'rejected' }],
    [301, true, { kind: 'hard', reason: 'redirected' }],
    [401, true, { kind: 'auth', reason: 'refused' }],
    [403, true, { kind: 'auth', reason: 'refused' }],
    [401, false, { kind: 'hard', reason: 'rejected' }],
    [404, true, { kind: 'hard', reason: 'rejected' }],
    [408, true, { kind: 'soft', reason: 'unavailable' }],
    [429, true, { kind: 'soft', reason: 'rate_limited' }],
    [503, false, { kind: 'soft', reason: 'unavailable' }],
  ])('%d', (status, hasToken, fault) => {
    expect(statusFault({ status, headers: {} }, { hasToken, now: 0 })).toEqual(fault);
  });

  it('takes over when to come back', () => {
    const headers = { 'retry-after': '7' };
    expect(statusFault({ status: 503, headers }, { hasToken: true, now: 0 })).toMatchObject({ retryAfterMs: 7_000 });
  });
});
