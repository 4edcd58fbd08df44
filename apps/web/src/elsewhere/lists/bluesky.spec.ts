import { NetworkOnPaper } from '../../../test/network-on-paper.js';
import { bluesky } from './bluesky.js';

const ADA = 'did:plc:ada';
const page = (followers: unknown[], cursor?: string) => ({
  body: { subject: { did: ADA, handle: 'ada.example', displayName: 'Ada' }, followers, cursor },
});

describe('bluesky', () => {
  it('finds an account by its handle, however it is written', async () => {
    const network = new NetworkOnPaper([{ body: { did: ADA } }]);
    const who = await bluesky.who(network.place(), ' @Ada.Example ');
    expect(who).toEqual({ id: ADA, name: 'ada.example', handle: 'ada.example' });
    expect(network.paths()).toEqual(['/base/xrpc/com.atproto.identity.resolveHandle?handle=ada.example']);
  });

  it('takes a DID as it is', async () => {
    const network = new NetworkOnPaper([]);
    expect(await bluesky.who(network.place(), ADA)).toEqual({ id: ADA, name: ADA });
    expect(network.asked).toEqual([]);
  });

  it.each(['ada', 'ada example.org', 'https://ada.example', ''])('asks nobody for the handle “%s”', async (handle) => {
    const network = new NetworkOnPaper([]);
    await expect(bluesky.who(network.place(), handle)).rejects.toMatchObject({ code: 'not_a_handle' });
    expect(network.asked).toEqual([]);
  });

  it('reads followers page by page, without a token', async () => {
    const network = new NetworkOnPaper([
      page([{ did: 'did:plc:bo', handle: 'bo.example', displayName: ' Bo\u202e\nBrandt ' }], 'next-one'),
      page([{ did: 'did:plc:cy', handle: 'cy.example', displayName: '' }]),
    ]);
    const counts: number[] = [];
    const list = await bluesky.list(network.place(), { account: ADA, onCount: (count) => counts.push(count) });
    expect(list).toEqual({
      people: [
        { id: 'did:plc:bo', name: 'Bo Brandt', handle: 'bo.example' },
        { id: 'did:plc:cy', name: 'cy.example', handle: 'cy.example' },
      ],
      cut: false,
      owner: { id: ADA, name: 'Ada', handle: 'ada.example' },
    });
    expect(network.paths()).toEqual([
      '/base/xrpc/app.bsky.graph.getFollowers?actor=did%3Aplc%3Aada&limit=100',
      '/base/xrpc/app.bsky.graph.getFollowers?actor=did%3Aplc%3Aada&limit=100&cursor=next-one',
    ]);
    expect(network.asked.map(({ headers }) => headers['authorization'])).toEqual([undefined, undefined]);
    expect(counts).toEqual([1, 2]);
  });

  it.each([
    ['another account', { body: { subject: { did: 'did:plc:eve' }, followers: [] } }, 'unexpected'],
    ['no followers', { body: { subject: { did: ADA } } }, 'unexpected'],
    ['an id of another form', page([{ did: '7', handle: 'bo.example' }]), 'unexpected'],
    ['a name that is no text', page([{ did: 'did:plc:bo', handle: 'bo.example', displayName: {} }]), 'unexpected'],
    [
      'a cursor that is no text',
      { body: { subject: { did: ADA, handle: 'ada.example', displayName: 'Ada' }, followers: [], cursor: 3 } },
      'unexpected',
    ],
    ['nobody of that name', { status: 400, body: { error: 'InvalidRequest' } }, 'unknown_account'],
  ])('tells that it was answered %s', async (_, answer, code) => {
    const network = new NetworkOnPaper([answer]);
    await expect(bluesky.list(network.place(), { account: ADA })).rejects.toMatchObject({ name: 'ListFault', code });
  });
});
