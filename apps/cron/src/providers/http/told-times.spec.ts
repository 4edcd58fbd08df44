import { rateHeaders } from './rate-headers.js';
import { resetAt, RETRY_MIN_MS, retryAfterMs, WAIT_MAX_MS } from './told-times.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const text = (ms: number): string => new Date(ms).toUTCString();

describe('retryAfterMs', () => {
  it.each([
    ['seconds', { 'retry-after': '90' }, 90_000],
    ['a date', { 'retry-after': text(NOW + 90_000) }, 90_000],
    [
      'a date of a clock that is two minutes ahead',
      { date: text(NOW + 120_000), 'retry-after': text(NOW + 210_000) },
      90_000,
    ],
    ['a date that has passed', { 'retry-after': text(NOW - 5_000) }, RETRY_MIN_MS],
    ['at once', { 'retry-after': '0' }, RETRY_MIN_MS],
    ['longer than anybody waits', { 'retry-after': '999999999999' }, WAIT_MAX_MS],
    ['nothing', {}, undefined],
    ['what cannot be read', { 'retry-after': 'soon' }, undefined],
  ])('%s', (_, headers, expected) => {
    expect(retryAfterMs(headers, NOW)).toBe(expected);
  });
});

describe('resetAt', () => {
  it.each([
    ['seconds since 1970', String(NOW / 1000 + 60), {}],
    ['a date', new Date(NOW + 60_000).toISOString(), {}],
    ['by the clock of the server', new Date(NOW + 180_000).toISOString(), { date: text(NOW + 120_000) }],
  ])('%s', (_, given, headers) => {
    expect(resetAt(given, { headers, now: NOW })).toBe(NOW + 60_000);
  });
});

describe('rateHeaders', () => {
  const headers = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': text(NOW + 60_000) };

  it('reads all three', () => {
    expect(rateHeaders('x-ratelimit-', headers, NOW)).toEqual({
      kind: 'window',
      limit: 300,
      remaining: 7,
      resetAt: NOW + 60_000,
    });
  });

  it.each([{ 'x-ratelimit-limit': '0' }, { 'x-ratelimit-remaining': '-1' }, { 'x-ratelimit-reset': 'soon' }])(
    'says nothing with %j',
    (odd) => {
      expect(rateHeaders('x-ratelimit-', { ...headers, ...odd }, NOW)).toBeUndefined();
    },
  );
});
