import { ACCOUNT_TOKEN, NEEDS_TOKEN, REMOTE_ACCOUNT, REMOTE_PROVIDERS } from '@groundswell/protocol';
import { DEMO_MEMBERS, inventCommunity } from '../audience/community.js';
import { inventRemoteWorld, type RemoteMember } from './remote-world.js';

const community = inventCommunity(7);
const world = inventRemoteWorld(community, 7);
const byId = new Map(world.members.map((member) => [member.id, member]));
const accountOf = (network: string, member: string) =>
  world.accounts.find((account) => account.network === network && account.member === member)!;
const followersOf = (id: string): RemoteMember[] => world.members.filter(({ follows }) => follows.includes(id));

describe('inventRemoteWorld', () => {
  it('repeats with its seed', () => {
    expect(inventRemoteWorld(community, 7)).toEqual(world);
    expect(inventRemoteWorld(community, 8)).not.toEqual(world);
  });

  it('has everybody in each network once, under ids of that form', () => {
    expect(byId.size).toBe(3 * 303);
    const forms = REMOTE_PROVIDERS.map((network) => REMOTE_ACCOUNT[network]);
    const digits = world.members.filter(({ id }) => /^\d+$/.test(id));
    expect(digits).toHaveLength(2 * 303);
    expect(world.members.filter(({ id }) => !forms.some((form) => form.test(id)))).toEqual([]);
    expect(world.members.filter(({ id }) => /^did:(plc:[a-z2-7]{24}$|web:)/.test(id))).toHaveLength(303);
  });

  it.each(REMOTE_PROVIDERS)('%s has accounts to connect, each followed by 150', (network) => {
    for (const { id: member, name } of DEMO_MEMBERS) {
      const account = accountOf(network, member);
      expect(account.id).toMatch(REMOTE_ACCOUNT[network]);
      expect(byId.get(account.id)?.name).toBe(name);
      expect(account.token !== undefined && ACCOUNT_TOKEN.test(account.token)).toBe(NEEDS_TOKEN[network]);
      expect(followersOf(account.id)).toHaveLength(150);
    }
  });

  it('friends here follow each other there', () => {
    const [ada, ben] = [accountOf('mastodon', 'ada'), accountOf('mastodon', 'ben')];
    expect(byId.get(ada.id)!.follows).toContain(ben.id);
    expect(byId.get(ben.id)!.follows).toContain(ada.id);
  });

  it('friends of the graph are friends both ways, and most have a status', () => {
    const ada = accountOf('graph', 'ada');
    const friends = followersOf(ada.id);
    expect(friends.every(({ id }) => byId.get(ada.id)!.follows.includes(id))).toBe(true);
    expect(friends.filter(({ status }) => status !== undefined).length).toBeGreaterThan(100);
    expect(followersOf(accountOf('bluesky', 'ada').id).some(({ status }) => status !== undefined)).toBe(false);
  });
});
