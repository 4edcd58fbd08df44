import type { AccountContent, PrivateContent } from '@groundswell/contracts';
import { useRedis } from '@groundswell/testing';
import { applySlices, leaseDue, privateOps, readAccounts, readMemberSide, readPairs } from '../src/index.js';
import { keys } from '../src/keys.js';
import { redis, slicesOf, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const MASTODON = 'mastodon';

describe('accounts in other networks', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  let seq = 0;

  beforeEach(() => {
    seq = 0;
  });

  /** Projects what ada says, a position each. */
  async function said(...contents: PrivateContent[]): Promise<void> {
    const from = seq;
    const ops = contents.flatMap((content) => privateOps({ ...content, member: 'ada', seq: ++seq, at: seq }));
    await applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices: slicesOf(ops, from, seq) });
  }
  const account = (content: AccountContent): PrivateContent => ({ kind: 'account', content });
  const connect = (name: string, token = 'a box'): PrivateContent =>
    account({ provider: MASTODON, account: name, token });
  const watch = (subject: string, delayMs?: number): PrivateContent => ({
    kind: 'watch',
    content: { provider: MASTODON, subject, on: true, ...(delayMs === undefined ? {} : { delayMs }) },
  });
  const stored = async () => (await readAccounts(stack.store, MASTODON, ['ada']))[0];
  const pairs = async () =>
    [...(await readPairs(stack.store, MASTODON, ['ada']))[0]!].sort(([a], [b]) => a.localeCompare(b));
  /** What a look has found of a subject. */
  const look = (subject: string, found: string) => redis(server, ['HSET', keys.pairs(MASTODON, 'ada'), subject, found]);
  const due = (until: number) => leaseDue(stack.store, { check: MASTODON }, { now: 1_000, until, limit: 64 });

  it('are read in the order asked, each with its position', async () => {
    await said(connect('7'), account({ provider: 'bluesky', account: 'did:plc:ada' }));
    expect(await readAccounts(stack.store, MASTODON, ['ben', 'ada'])).toEqual([
      undefined,
      { account: '7', token: 'a box', since: 1, of: 1 },
    ]);
    expect(await readAccounts(stack.store, 'bluesky', ['ada'])).toEqual([{ account: 'did:plc:ada', since: 2, of: 2 }]);
  });

  it('are forgotten when they are taken back', async () => {
    await said(connect('7'), account({ provider: MASTODON, account: null }));
    expect(await stored()).toBeUndefined();
    expect((await readMemberSide(stack.store, 'ada')).accounts).toEqual(new Map());
  });

  it('are lost without a trace of the token, unless another one was connected meanwhile', async () => {
    const loss = (of: number): PrivateContent => account({ provider: MASTODON, account: null, reason: 'refused', of });
    await said(loss(1), connect('7'), connect('7', 'a new box'), loss(2));
    expect(await stored()).toMatchObject({ token: 'a new box', of: 3 });
    await said(loss(3));
    expect(await stored()).toEqual({ account: null, reason: 'refused', since: 5, of: 3 });
    await said(loss(3));
    expect(await stored()).toMatchObject({ since: 5 });
  });

  it('begin all pairs anew, at once, when they are others than before', async () => {
    await said(connect('7'), watch('1'), watch('2'));
    await look('1', 'known');
    expect(await due(9_000)).toEqual(['ada']);
    await said(connect('7', 'a new box'));
    expect([await pairs(), await due(9_000)]).toEqual([expect.arrayContaining([['1', 'known']]), []]);
    await said(connect('8'));
    expect(await pairs()).toEqual([
      ['1', 'n'],
      ['2', 'n'],
    ]);
    expect(await due(9_000)).toEqual(['ada']);
    await look('1', 'known');
    await said(account({ provider: MASTODON, account: null, reason: 'refused', of: 5 }), connect('8'));
    expect(await pairs()).toEqual([
      ['1', 'n'],
      ['2', 'n'],
    ]);
  });

  it('change nothing a second time', async () => {
    await said(connect('7'), watch('1'));
    await look('1', 'known');
    seq = 0;
    await said(connect('8'), watch('1'));
    expect([await stored(), await pairs()]).toMatchObject([{ account: '7' }, [['1', 'known']]]);
  });

  it('stand in the side of a member, with whom they watch there', async () => {
    await said(connect('7'), watch('1', 5), watch('2'));
    const { accounts, elsewhere, watches } = await readMemberSide(stack.store, 'ada');
    expect([...accounts.keys()]).toEqual([MASTODON]);
    expect(watches).toEqual([]);
    expect(elsewhere.toSorted((a, b) => a.subject.localeCompare(b.subject))).toEqual([
      { provider: MASTODON, subject: '1', delayMs: 5 },
      { provider: MASTODON, subject: '2', delayMs: 0 },
    ]);
  });
});
