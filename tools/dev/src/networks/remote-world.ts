import { REMOTE_PROVIDERS, type Author, type RemoteProvider } from '@groundswell/protocol';
import { DEMO_MEMBERS, type Community } from '../audience/community.js';
import { random, type Random } from '../audience/random.js';

/** A member of one of the remote networks, as the double is told of them. */
export interface RemoteMember {
  id: string;
  name: string;
  handle: string;
  /** Of the graph only; absent: not filled in. */
  status?: string;
  /** Ids. */
  follows: readonly string[];
}

/** Who a demo member is in a network, and what to connect with. */
export interface RemoteAccount {
  network: RemoteProvider;
  /** Id of the member here. */
  member: string;
  id: string;
  handle: string;
  /** Absent where none is needed. */
  token?: string;
}

/** The three networks. No id is in two of them. */
export interface RemoteWorld {
  members: readonly RemoteMember[];
  accounts: readonly RemoteAccount[];
}

export const NOBODY: RemoteWorld = { members: [], accounts: [] };

/** Each demo member is followed by this many, friends here among them: enough to search for somebody. */
const FOLLOWERS = 150;
const DID_LETTERS = [...'abcdefghijklmnopqrstuvwxyz234567'];
const DID_WEB = 0.1;
const ELSEWHERE = 0.2;
const NO_STATUS = 0.15;
export const STATUSES = ['Single', 'In a relationship', 'Engaged', 'Married', "It's complicated", 'Divorced'] as const;

/** The members of a community in three networks: friends follow each other there, and many more follow the demo members. */
export function inventRemoteWorld(community: Community, seed: number): RemoteWorld {
  const dice = random(seed);
  const people = [...DEMO_MEMBERS, ...community.audience];
  const parts = REMOTE_PROVIDERS.map((network) => {
    const follows = following(network, community, dice);
    const named = new Map(people.map((person, index) => [person.id, nameIn(network, { person, index, dice })]));
    const members = people.map((person): RemoteMember => {
      const ids = [...(follows.get(person.id) ?? [])].map((id) => named.get(id)!.id);
      const isTold = network === 'graph' && !dice.chance(NO_STATUS);
      const status = isTold ? { status: dice.pick(STATUSES) } : {};
      return { ...named.get(person.id)!, name: person.name, ...status, follows: ids };
    });
    const accounts = DEMO_MEMBERS.map(({ id: member }): RemoteAccount => {
      const token = network === 'bluesky' ? {} : { token: `${network}-token-of-${member}` };
      return { network, member, ...named.get(member)!, ...token };
    });
    return { members, accounts };
  });
  return { members: parts.flatMap(({ members }) => members), accounts: parts.flatMap(({ accounts }) => accounts) };
}

/** Who follows whom, by the ids of here. Friends of the graph are friends both ways. */
function following(network: RemoteProvider, { audience, friendships }: Community, dice: Random) {
  const follows = new Map<string, Set<string>>();
  const add = (follower: string, followed: string) =>
    follows.set(follower, (follows.get(follower) ?? new Set()).add(followed));
  const befriend = (a: string, b: string) => {
    add(a, b);
    add(b, a);
  };
  for (const [a, b] of friendships) befriend(a, b);
  const known = new Set(audience.map(({ id }) => id));
  for (const { id } of DEMO_MEMBERS) {
    const isFollower = (other: string) => follows.get(other)?.has(id) === true;
    const strangers = [...known].filter((other) => !isFollower(other));
    let count = [...known, ...DEMO_MEMBERS.map((member) => member.id)].filter(isFollower).length;
    for (; count < FOLLOWERS && strangers.length > 0; count++) {
      const [stranger] = strangers.splice(dice.int(0, strangers.length - 1), 1);
      if (network === 'graph') befriend(stranger!, id);
      else add(stranger!, id);
    }
  }
  return follows;
}

/** The id and handle that somebody has in a network, in its form. */
function nameIn(
  network: RemoteProvider,
  { person, index, dice }: { person: Author; index: number; dice: Random },
): { id: string; handle: string } {
  switch (network) {
    case 'graph':
      return { id: `10000${String(index * 7919).padStart(10, '0')}`, handle: person.id };
    case 'mastodon': {
      const isElsewhere = index >= DEMO_MEMBERS.length && dice.chance(ELSEWHERE);
      const handle = isElsewhere ? `${person.id}@elsewhere.example` : person.id;
      return { id: `10900${String(index * 7919).padStart(13, '0')}`, handle };
    }
    case 'bluesky': {
      if (dice.chance(DID_WEB)) return { id: `did:web:${person.id}.example`, handle: `${person.id}.example` };
      const letters = Array.from({ length: 24 }, () => dice.pick(DID_LETTERS)).join('');
      return { id: `did:plc:${letters}`, handle: `${person.id}.bsky.example` };
    }
  }
}
