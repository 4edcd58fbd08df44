import { NetworkOnPaper } from '../../../test/network-on-paper.js';
import { mastodon } from './mastodon.js';

const bo = { id: '8', acct: 'bo@other.example', display_name: 'Bo Brandt', url: 'https://evil.example' };

describe('mastodon', () => {
  it('asks whose the token is', async () => {
    const network = new NetworkOnPaper([{ body: { id: '7', acct: 'ada', display_name: 'Ada' } }]);
    expect(await mastodon.who(network.place(), ' a-token ')).toEqual({ id: '7', name: 'Ada', handle: 'ada' });
    expect(network.paths()).toEqual(['/base/api/v1/accounts/verify_credentials']);
    expect(network.asked[0]!.headers['authorization']).toBe('Bearer a-token');
    expect(network.asked[0]!.init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store' });
  });

  it.each(['', 'two words', 'Ünicode'])('sends nothing for the token “%s”', async (token) => {
    const network = new NetworkOnPaper([]);
    await expect(mastodon.who(network.place(), token)).rejects.toMatchObject({ code: 'not_a_token' });
    expect(network.asked).toEqual([]);
  });

  it('reads followers without the token, and takes of the next address its max_id alone', async () => {
    const link =
      '<https://evil.example/steal?max_id=55&limit=80>; rel="next", <https://evil.example/x?since_id=9>; rel="prev"';
    const network = new NetworkOnPaper([
      { body: [bo], link },
      { body: [{ id: '9', acct: 'cy', display_name: '' }], link: '<https://evil.example/x?since_id=9>; rel="prev"' },
    ]);
    const list = await mastodon.list(network.place(), { account: '7', token: 'a-token' });
    expect(list.people).toEqual([
      { id: '8', name: 'Bo Brandt', handle: 'bo@other.example' },
      { id: '9', name: 'cy', handle: 'cy' },
    ]);
    expect(network.asked.map(({ url }) => url.href)).toEqual([
      'https://network.example/base/api/v1/accounts/7/followers?limit=80',
      'https://network.example/base/api/v1/accounts/7/followers?limit=80&max_id=55',
    ]);
    expect(network.asked.map(({ headers }) => headers['authorization'])).toEqual([undefined, undefined]);
  });

  it('finds the next page behind the previous one too', async () => {
    const link = '<https://a.example/?min_id=1>; rel="prev", <https://a.example/?max_id=2>; title="a"; rel=next';
    const network = new NetworkOnPaper([{ body: [], link }, { body: [] }]);
    await mastodon.list(network.place(), { account: '7' });
    expect(network.asked.map(({ url }) => url.searchParams.get('max_id'))).toEqual([null, '2']);
  });

  it.each([
    ['no list', { body: { error: 'no' } }, 'unexpected'],
    ['somebody without an id', { body: [{ acct: 'bo', display_name: 'Bo' }] }, 'unexpected'],
    ['a next page without a max_id', { body: [], link: '<https://a.example/?page=2>; rel="next"' }, 'unexpected'],
    ['a token that is not taken', { status: 401, body: { error: 'The access token is invalid' } }, 'refused'],
    ['nobody', { status: 404, body: { error: 'Record not found' } }, 'unknown_account'],
  ])('tells that it was answered %s', async (_, answer, code) => {
    const network = new NetworkOnPaper([answer]);
    await expect(mastodon.list(network.place(), { account: '7' })).rejects.toMatchObject({ name: 'ListFault', code });
  });
});
