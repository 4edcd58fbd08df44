import { CLOSE, retryAfterClose } from './codes.js';

describe('close codes', () => {
  it('say by their range whether to retry', () => {
    for (const { code, retry } of Object.values(CLOSE)) {
      expect(retryAfterClose(code)).toBe(retry);
      expect(code < 4400 || code >= 4500).toBe(retry);
    }
  });

  it('are each used once', () => {
    const codes = Object.values(CLOSE).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('leave unknown ones to their range', () => {
    expect(retryAfterClose(1006)).toBe(true);
    expect(retryAfterClose(4499)).toBe(false);
    expect(retryAfterClose(4599)).toBe(true);
  });
});
