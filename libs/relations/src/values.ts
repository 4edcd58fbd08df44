import { RELATIONSHIP_STATUSES, type RelationshipStatus } from '@groundswell/protocol';

/**
 * Everything that a normaliser may say about a relationship: the statuses that members publish, and, of providers that
 * know only followers, whether the subject follows the watcher. The place in this list is what is stored: additions go to
 * the end.
 */
export const VALUES = [
  'none',
  'single',
  'in_a_relationship',
  'engaged',
  'married',
  'its_complicated',
  'open',
  'civil_union',
  'domestic_partnership',
  'separated',
  'divorced',
  'widowed',
  'follows',
  'follows_not',
] as const satisfies readonly (RelationshipStatus | 'follows' | 'follows_not')[];

export type Value = (typeof VALUES)[number];

/** What members publish is among the values. */
export function isStatus(text: unknown): text is RelationshipStatus {
  return RELATIONSHIP_STATUSES.includes(text as RelationshipStatus);
}
