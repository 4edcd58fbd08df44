import { NetworkOnPaper } from '../../../test/network-on-paper.js';
import { graph } from './graph.js';

const bo = { id: '8', name: 'Bo Brandt' };
const cy = { id: '9', name: 'Cy' };

describe('graph', () => {
  it('asks whose the token is', async () => {
    const network = new NetworkOnPaper([{ body: { id: '7', name: 'Ada' } }]);
    expect(await graph.who(network.place(), 'a-token')).toEqual({ id: '7', name: 'Ada' });
    expect(network.paths()).toEqual(['/base/me?fields=id%2Cname']);
    expect(network.asked[0]!.headers['authorization']).toBe('Bearer a-token');
  });

  it('reads friends with the token in the header, until no page follows', async () => {
    const network = new NetworkOnPaper([
      { body: { data: [bo], paging: { cursors: { after: 'c1' }, next: 'https://evil.example/?access_token=x' } } },
      { body: { data: [], paging: { next: 'https://evil.example/?after=c2' } } },
      { body: { data: [cy], paging: { cursors: { after: 'c3' } } } },
    ]);
    const list = await graph.list(network.place(), { account: '7', token: 'a-token' });
    expect(list).toEqual({ people: [bo, cy], cut: false });
    expect(network.asked.map(({ url }) => `${url.origin}${url.pathname} ${url.searchParams.get('after')}`)).toEqual([
      'https://network.example/base/7/friends null',
      'https://network.example/base/7/friends c1',
      'https://network.example/base/7/friends c2',
    ]);
    expect(network.asked.every(({ headers }) => headers['authorization'] === 'Bearer a-token')).toBe(true);
    expect(network.asked.some(({ url }) => url.href.includes('token'))).toBe(false);
  });

  it('asks nobody without a token', async () => {
    const network = new NetworkOnPaper([]);
    await expect(graph.list(network.place(), { account: '7' })).rejects.toMatchObject({ code: 'not_a_token' });
    expect(network.asked).toEqual([]);
  });

  it.each([
    ['no data', { body: {} }, 'unexpected'],
    ['a number for an id', { body: { data: [{ id: 8, name: 'Bo' }] } }, 'unexpected'],
    ['a next page without a cursor', { body: { data: [], paging: { next: 'https://a.example/' } } }, 'unexpected'],
    ['a token that is not valid', { status: 400, body: { error: { code: 190 } } }, 'refused'],
    ['that the token is another member’s', { status: 400, body: { error: { code: 100 } } }, 'other_account'],
    ['that it is asked too much', { status: 400, body: { error: { code: 4 } } }, 'busy'],
    ['a fault without a code', { status: 400, body: 'Bad request' }, 'unexpected'],
  ])('tells that it was answered %s', async (_, answer, code) => {
    const network = new NetworkOnPaper([answer]);
    const list = graph.list(network.place(), { account: '7', token: 'a-token' });
    await expect(list).rejects.toMatchObject({ name: 'ListFault', code });
  });
});
