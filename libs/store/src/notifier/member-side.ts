import { REMOTE_PROVIDERS, type RemoteProvider } from '@groundswell/protocol';
import { DEFAULT_CONSENT, type Answer, type Consent } from '@groundswell/social';
import { toCheckpoint, type Checkpoint, type StoredCheckpoint } from '../checkpoint.js';
import { delayField, keys, partitionOf } from '../keys.js';
import { pairsOf } from '../pairs-of.js';
import { OWN_NETWORK } from '../private-ops.js';
import { script } from '../script.js';
import { inner, type Store } from '../store.js';
import type { StoredAccount } from './accounts.js';
import type { StoredRelationship } from './relationships.js';

/** What a member has said of their relationship, and whose they watch, here and in other networks; whole as of `checkpoint`. */
export interface MemberSide {
  /** Undefined: the view holds nothing, and says nothing about this member. */
  checkpoint: Checkpoint | undefined;
  relationship: StoredRelationship | undefined;
  consent: Consent;
  /** What the member said to watchers, one by one. */
  answers: ReadonlyMap<string, Answer>;
  /** Who watches the member. */
  watchers: string[];
  /** Whom the member watches, and how long after a change they want to be left alone, milliseconds. */
  watches: string[];
  delays: ReadonlyMap<string, number>;
  /** Provider → who the member is there. */
  accounts: ReadonlyMap<RemoteProvider, StoredAccount>;
  /** Whom the member watches in other networks, with the delay of each, milliseconds. */
  elsewhere: { provider: RemoteProvider; subject: string; delayMs: number }[];
}

/** KEYS: checkpoint, relationships, consents, answers, watchers, watches, delays, accounts, watches of each other network. */
const READ = script(`
local side = {
  redis.call('HMGET', KEYS[1], 'created', 'seq'),
  redis.call('HGET', KEYS[2], ARGV[1]),
  redis.call('HGET', KEYS[3], ARGV[1]),
  redis.call('HGETALL', KEYS[4]),
  redis.call('HKEYS', KEYS[5]),
  redis.call('HKEYS', KEYS[6]),
  redis.call('HGETALL', KEYS[7]),
  redis.call('HGETALL', KEYS[8])
}
for i = 9, #KEYS do side[#side + 1] = redis.call('HKEYS', KEYS[i]) end
return side
`);

/** Reads a member's side with its checkpoint in one step. */
export async function readMemberSide(store: Store, member: string): Promise<MemberSide> {
  const partition = partitionOf(member);
  const touched = [
    keys.checkpoint('SOCIAL', partition),
    keys.relationships(partition),
    keys.consents(partition),
    keys.consentsTo(member),
    keys.watchers(member),
    keys.pairs(OWN_NETWORK, member),
    keys.delays(member),
    keys.accounts(member),
    ...REMOTE_PROVIDERS.map((provider) => keys.pairs(provider, member)),
  ];
  const reply = await inner(store).run(READ, touched, [member]);
  const [checkpoint, status, consent, answers, watchers, watches, delays, accounts, ...elsewhere] = reply as [
    StoredCheckpoint,
    string | null,
    Consent | null,
    string[],
    string[],
    string[],
    string[],
    string[],
    ...string[][],
  ];
  const delayed = new Map(pairsOf(delays));
  const delayOf = (watch: { provider: string; subject: string }): number => Number(delayed.get(delayField(watch)) ?? 0);
  return {
    checkpoint: toCheckpoint(checkpoint),
    relationship: status === null ? undefined : (JSON.parse(status) as StoredRelationship),
    consent: consent ?? DEFAULT_CONSENT,
    answers: new Map(pairsOf(answers) as [string, Answer][]),
    watchers,
    watches,
    delays: new Map(watches.map((subject) => [subject, delayOf({ provider: OWN_NETWORK, subject })])),
    accounts: new Map(
      pairsOf(accounts).map(([provider, json]) => [provider as RemoteProvider, JSON.parse(json) as StoredAccount]),
    ),
    elsewhere: REMOTE_PROVIDERS.flatMap((provider, i) =>
      elsewhere[i]!.map((subject) => ({ provider, subject, delayMs: delayOf({ provider, subject }) })),
    ),
  };
}
