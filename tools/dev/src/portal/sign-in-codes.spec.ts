import { SignInCodes } from './sign-in-codes.js';

const ada = { id: 'ada', name: 'Ada' };

describe('SignInCodes', () => {
  it('a code signs in once', () => {
    const codes = new SignInCodes();
    const code = codes.issue(ada);
    expect([codes.redeem(code), codes.redeem(code)]).toEqual([ada, undefined]);
  });

  it('codes are hard to guess and fit into an address', () => {
    const codes = new SignInCodes();
    const many = Array.from({ length: 200 }, () => codes.issue(ada));
    expect(new Set(many).size).toBe(200);
    expect(many.every((code) => /^[\w-]{12}$/.test(code))).toBe(true);
    expect(codes.redeem('guess')).toBeUndefined();
  });
});
