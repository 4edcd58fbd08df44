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
] as const;

export type Value = (typeof VALUES)[number];

/** What a member may publish. */
export const STATUSES = VALUES.slice(0, 12) as readonly Exclude<Value, 'follows' | 'follows_not'>[];

export type Status = (typeof STATUSES)[number];

export function isStatus(text: unknown): text is Status {
  return STATUSES.includes(text as Status);
}
