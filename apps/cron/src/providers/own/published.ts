import type { RelationshipStatus } from '@groundswell/protocol';
import type { StopSignal } from '@groundswell/relations';

/** A subject, and those who ask about it. */
export interface Wanted {
  subject: string;
  watchers: readonly string[];
}

/** What a member published here. */
export interface PublishedStatus {
  state: 'published';
  value: RelationshipStatus;
  /** When it was published, unix milliseconds. */
  since: number;
  /** Nobody is to be told of this change. */
  quiet: boolean;
  /** How long the member wants it to stand before anybody is told; absent: as usual. */
  settleMs?: number;
  /** Those of the watchers named in `Wanted` who may see it: friendship, consent, blocks and visibility are all in here. */
  shownTo: ReadonlySet<string>;
}

/** None of those who ask may see anything. */
export interface HiddenStatus {
  state: 'hidden';
}

/** The member is no more. */
export interface GoneMember {
  state: 'gone';
}

export type Published = PublishedStatus | HiddenStatus | GoneMember;

/** The statuses of our own network, read in one flight. */
export interface StatusReader {
  /** A subject that is left out is one nothing is known of. Rejects when the view cannot be read, or is behind. */
  readStatuses(wanted: readonly Wanted[], signal: StopSignal): Promise<ReadonlyMap<string, Published>>;
}
