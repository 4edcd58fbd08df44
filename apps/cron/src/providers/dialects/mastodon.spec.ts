import { mastodon } from './mastodon.js';

const read = (body: unknown, link?: string) =>
  mastodon.read({ body, headers: link === undefined ? {} : { link }, account: '1' });

describe('mastodon', () => {
  it('asks with a parameter for each', () => {
    expect(mastodon.path({ account: '1', ids: ['7', '8'] })).toBe(
      '/api/v1/accounts/relationships?id%5B%5D=7&id%5B%5D=8',
    );
  });

  it.each([
    [
      { id: '7', followed_by: true },
      { kind: 'value', value: 'follows' },
    ],
    [
      { id: '7', followed_by: false },
      { kind: 'value', value: 'follows_not' },
    ],
    [{ id: '7', followed_by: 'yes' }, { kind: 'unknown' }],
    [{ id: '7' }, { kind: 'unknown' }],
    [{ id: '7', followed_by: false, blocked_by: true }, { kind: 'hidden' }],
    [{ id: '7', followed_by: false, blocking: true }, { kind: 'hidden' }],
    [{ id: '7', followed_by: false, domain_blocking: true }, { kind: 'hidden' }],
  ])('reads %j', (item, reading) => {
    expect(read([item])).toEqual({ readings: [['7', reading]] });
  });

  it.each([[null], [{}], [['7']], [[{ id: 7, followed_by: true }]]])('does not read %j', (body) => {
    expect(read(body)).toEqual({ kind: 'hard', reason: 'shape' });
  });

  it.each([
    ['<https://a.example/x?max_id=5&limit=2>; rel="next", <https://a.example/x?min_id=9>; rel="prev"', { next: '5' }],
    ['<https://a.example/x?min_id=9>; rel="prev", <https://a.example/x?max_id=5>; rel="next"', { next: '5' }],
    ['<https://a.example/x?min_id=9>; rel="prev"', {}],
    ['<https://a.example/x>; rel="next"', { next: '' }],
  ])('takes the cursor from %s', (link, next) => {
    expect(read([], link)).toEqual({ readings: [], ...next });
  });

  it('counts each account by itself', () => {
    expect(mastodon.scope('7')).toEqual({ provider: 'mastodon', account: '7' });
  });
});
