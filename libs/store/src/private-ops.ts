import type {
  AccountContent,
  AddressContent,
  ConsentContent,
  PrivateRecord,
  RelationshipContent,
  WatchContent,
} from '@groundswell/contracts';
import type { StoredAccount } from './notifier/accounts.js';
import type { StoredAddress } from './notifier/mail-side.js';
import type { StoredRelationship } from './notifier/relationships.js';
import { partitionOf } from './keys.js';
import type { Op, RoutedOp } from './ops.js';

/** The provider whose subjects are members of this network. */
export const OWN_NETWORK = 'own';

/** What a sealed message changes once it has been opened. */
export function privateOps(record: PrivateRecord): RoutedOp[] {
  switch (record.kind) {
    case 'relationship':
      return [to(record.member, relationshipOp(record, record.content))];
    case 'watch':
      return watchOps(record, record.content);
    case 'consent':
      return [to(record.member, consentOp(record, record.content))];
    case 'address':
      return [to(record.member, addressOp(record, record.content))];
    case 'letters': {
      const { seq, member, content } = record;
      return [to(member, { kind: 'field', view: 'rhythms', seq, member, value: JSON.stringify(content) })];
    }
    case 'account':
      return [to(record.member, accountOp(record, record.content))];
  }
}

type Whose = Pick<PrivateRecord, 'seq' | 'member' | 'at'>;

function relationshipOp({ seq, member, at }: Whose, { value, visibility, quiet, settleMs }: RelationshipContent): Op {
  const status: StoredRelationship | undefined =
    value === null
      ? undefined
      : { value, since: at, visibility, ...(quiet ? { quiet } : {}), ...(settleMs === undefined ? {} : { settleMs }) };
  return { kind: 'field', view: 'relationships', seq, member, value: status ? JSON.stringify(status) : '' };
}

function watchOps({ seq, member, at }: Whose, { provider, subject, on, delayMs }: WatchContent): RoutedOp[] {
  const own = [
    to(member, { kind: 'watch', seq, provider, watcher: member, subject, on, at }),
    to(member, { kind: 'delay', seq, provider, watcher: member, subject, delayMs: on ? delayMs : undefined }),
  ];
  if (provider !== OWN_NETWORK) return own;
  return [...own, to(subject, { kind: 'watched', seq, subject, watcher: member, on })];
}

function consentOp({ seq, member }: Whose, content: ConsentContent): Op {
  if ('mode' in content) return { kind: 'field', view: 'consents', seq, member, value: content.mode };
  const { watcher, answer } = content;
  return { kind: 'consentTo', seq, member, watcher, answer: answer ?? undefined };
}

function addressOp({ seq, member, at }: Whose, content: AddressContent): Op {
  const { step, address } = content;
  const isRemoved = step === 'stopped' && content.reason === 'removed';
  const stored: StoredAddress = { address, state: step, at, ...(step === 'stopped' ? { reason: content.reason } : {}) };
  const value = isRemoved ? '' : JSON.stringify(stored);
  return { kind: 'field', view: 'addresses', seq, member, value };
}

function accountOp({ seq, member, at }: Whose, content: AccountContent): Op {
  const { provider } = content;
  const op = { kind: 'account', seq, provider, member, at } as const;
  if (content.account === null) {
    if (!('reason' in content)) return { ...op, account: undefined };
    const { reason, of } = content;
    return { ...op, account: { account: null, reason, since: at, of } };
  }
  const { account, token } = content;
  const stored: StoredAccount = { account, since: at, of: seq, ...(token === undefined ? {} : { token }) };
  return { ...op, account: stored };
}

function to(member: string, op: Op): RoutedOp {
  return { partition: partitionOf(member), op };
}
