import { tokenAbout } from '@groundswell/contracts';
import { seal, SEAL_KEY_BYTES } from '@groundswell/runtime';
import type { StoredAccount } from '@groundswell/store';
import { Credentials } from './credentials.js';

const key = new Uint8Array(SEAL_KEY_BYTES).fill(7);
const boxOf = (account: string, content: object = { token: `token-${account}` }, member = 'ada') =>
  seal(key, tokenAbout({ provider: 'graph', account, member }), content);

describe('Credentials', () => {
  let asked: string[];
  const known = (stored: Readonly<Record<string, StoredAccount>>, keyOf: (member: string) => Uint8Array | undefined) =>
    new Credentials({
      accounts: (provider, members) => {
        asked.push(`${provider} ${members.join()}`);
        return Promise.resolve(members.map((member) => stored[member]));
      },
      keys: { find: (member) => Promise.resolve(keyOf(member)) },
    });
  const account = async (name: string, token?: string): Promise<StoredAccount> => ({
    account: name,
    since: 1,
    of: 5,
    ...(token === undefined ? {} : { token }),
  });

  beforeEach(() => {
    asked = [];
  });

  it('are opened for those who have given them, all asked for at once', async () => {
    const stored = {
      ada: await account('7', await boxOf('7')),
      ben: await account('did:plc:ben'),
      cleo: { account: null, reason: 'refused', since: 1, of: 5 },
    } as const;
    const found = await known(stored, () => key).of('graph', ['dan', 'cleo', 'ben', 'ada']);
    expect(asked).toEqual(['graph dan,cleo,ben,ada']);
    expect([...found]).toEqual([
      ['ben', { account: 'did:plc:ben', grant: 5 }],
      ['ada', { account: '7', token: 'token-7', grant: 5 }],
    ]);
  });

  it('are none when the box was moved, is damaged, or holds no token, and when its key is gone', async () => {
    const stored = {
      ada: await account('7', await boxOf('8')),
      ben: await account('7', await boxOf('7')),
      cleo: await account('7', 'no.box'),
      dan: await account('7', await boxOf('7', {}, 'dan')),
      eve: await account('7', await boxOf('7', { token: 'x' }, 'eve')),
    };
    const keyOf = (member: string) => (member === 'eve' ? undefined : key);
    expect(await known(stored, keyOf).of('graph', Object.keys(stored))).toEqual(new Map());
  });

  it('cost nothing here, where everybody is who they are', async () => {
    expect(await known({}, () => key).of('own', ['ada'])).toEqual(new Map());
    expect(asked).toEqual([]);
  });
});
