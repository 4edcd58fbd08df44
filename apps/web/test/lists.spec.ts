/** The readers of lists before a real server, which fails as real ones do. */
import type { RemoteProvider } from '@groundswell/protocol';
import { LIST_READERS } from '../src/elsewhere/lists/list-readers.js';
import type { Place } from '../src/elsewhere/lists/list-reader.js';
import { startDouble, worldOf, type DoubleProcess } from './double-process.js';

const COUNT = 230;
const FORMS = { graph: 'numbers', bluesky: 'dids', mastodon: 'numbers' } as const;

describe.each([
  ['graph', 'token-ada', 2],
  ['bluesky', '@Ada.example', COUNT],
  ['mastodon', 'token-ada', COUNT],
] as const)('the list of %s', (provider, given, length) => {
  let double: DoubleProcess;
  const reader = LIST_READERS[provider];

  beforeAll(async () => {
    double = await startDouble();
  });
  afterAll(() => double?.stop());
  beforeEach(async () => {
    await double.control('DELETE faults');
    await double.control('PUT settings', {});
    await double.control('PUT world', worldOf(FORMS[provider as RemoteProvider], COUNT));
  });

  const place = (signal = new AbortController().signal): Place => ({ url: `${double.url}/${provider}`, fetch, signal });
  const list = async (onCount: (count: number) => void = () => undefined) => {
    const { id: account } = await reader.who(place(), given);
    return reader.list(place(), { account, token: 'token-ada', onCount });
  };

  it('knows who the viewer is', async () => {
    const ada = await reader.who(place(), given);
    expect(ada).toMatchObject(provider === 'bluesky' ? { handle: 'ada.example' } : { name: 'Ada' });
  });

  it('has everybody once, page by page', async () => {
    const counts: number[] = [];
    const { people, cut } = await list((count) => counts.push(count));
    expect([new Set(people.map(({ id }) => id)).size, people.length, cut]).toEqual([length, length, false]);
    expect(people.slice(0, 2).map(({ name }) => name)).toEqual(['Person 1', 'Person 2']);
    expect(counts.at(-1)).toBe(length);
  });

  it('is taken from pages of any size', async () => {
    await double.control('PUT settings', { pageSize: 1 });
    await double.control('PUT world', worldOf(FORMS[provider as RemoteProvider], 12));
    const { people } = await list();
    expect(people.length).toBe(Math.min(length, 12));
  });

  it.each([
    ['error_500', 'unreachable'],
    ['rate_limited', 'busy'],
    ['html', 'unexpected'],
    ['truncated', 'unexpected'],
    ['cut', 'unreachable'],
    ['flood', 'unexpected'],
    ['huge', 'unexpected'],
    ['unknown_value', 'unexpected'],
    ['redirect', 'unreachable'],
    ['endless', 'unexpected'],
  ])('is none when the network has the fault %s', async (kind, code) => {
    const { id: account } = await reader.who(place(), given);
    await double.control('POST faults', { kind, api: provider, times: 10 });
    const taken = reader.list(place(), { account, token: 'token-ada' });
    await expect(taken).rejects.toMatchObject({ name: 'ListFault', code });
  });

  it('ends when nobody waits any more', async () => {
    const { id: account } = await reader.who(place(), given);
    await double.control('POST faults', { kind: 'hang', api: provider });
    const controller = new AbortController();
    const taken = reader.list(place(controller.signal), { account, token: 'token-ada' });
    controller.abort(new Error('closed'));
    await expect(taken).rejects.toThrow('closed');
  });
});

it('is not taken of the graph with the token of somebody else', async () => {
  const double = await startDouble();
  const { members, tokens } = worldOf('numbers', 2);
  await double.control('PUT world', { members, tokens: { ...tokens, 'token-bo': '2' } });
  const place: Place = { url: `${double.url}/graph`, fetch, signal: new AbortController().signal };
  const taken = LIST_READERS.graph.list(place, { account: '1', token: 'token-bo' });
  await expect(taken).rejects.toMatchObject({ code: 'other_account' });
  await double.stop();
});
