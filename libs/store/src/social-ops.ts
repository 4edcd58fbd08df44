import type { ProfileEntry, SocialRecord } from '@groundswell/contracts';
import { sideChanges } from '@groundswell/social';
import { partitionOf } from './keys.js';
import type { RoutedOp } from './ops.js';

/** What a message of SOCIAL changes, in order. */
export function socialOps(record: SocialRecord): RoutedOp[] {
  const { seq } = record;
  if (record.kind === 'profile') {
    return record.message.profiles.flatMap((profile) => profileOps(seq, profile));
  }
  return sideChanges(record).map((change) => ({
    partition: partitionOf(change.member),
    op: { kind: 'side', seq, ...change },
  }));
}

function profileOps(seq: number, { id, name, avatar, timeZone, locale }: ProfileEntry): RoutedOp[] {
  const partition = partitionOf(id);
  const details = JSON.stringify({ avatar, timeZone, locale });
  return [
    { partition, op: { kind: 'field', view: 'names', seq, member: id, value: name } },
    { partition, op: { kind: 'field', view: 'details', seq, member: id, value: details === '{}' ? '' : details } },
  ];
}
