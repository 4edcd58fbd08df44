import type { SocialRecord } from '@groundswell/contracts';
import { sideChanges } from '@groundswell/social';
import { partitionOf } from './keys.js';
import type { RoutedOp } from './ops.js';

/** What a message of SOCIAL changes, in order. */
export function socialOps(record: SocialRecord): RoutedOp[] {
  const { seq } = record;
  if (record.kind === 'profile') {
    return record.message.profiles.map(({ id, name }) => ({
      partition: partitionOf(id),
      op: { kind: 'name', seq, member: id, name },
    }));
  }
  return sideChanges(record).map((change) => ({
    partition: partitionOf(change.member),
    op: { kind: 'side', seq, ...change },
  }));
}
