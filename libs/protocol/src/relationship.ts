/** What members publish of their relationships, and who is told. */
import type { RemoteWatch } from './accounts.js';
import type { NamedMember } from './http.js';

/** What a member may publish. Never with whom. */
export const RELATIONSHIP_STATUSES = [
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
] as const;
export type RelationshipStatus = (typeof RELATIONSHIP_STATUSES)[number];

/** Whom a member lets watch: nobody, those allowed one by one, or all friends but those refused. */
export type WatchConsent = 'off' | 'ask' | 'mutuals';

/** `GET /v1/relationship`: what the signed-in member has published; null when nothing is. */
export interface RelationshipView {
  value: RelationshipStatus | null;
  visibility: 'friends' | 'nobody';
  quiet: boolean;
  settle: 'usual' | 'day';
  /** When it was published, Unix milliseconds; null when nothing is. */
  since: number | null;
}

/** `GET /v1/relationship/consent`. */
export interface ConsentView {
  mode: WatchConsent;
}

/** `GET /v1/relationship/watchers`: who wants to be told, and what the signed-in member has said to each. */
export interface WatchersView {
  watchers: (NamedMember & { answer: 'allowed' | 'refused' | null })[];
}

/** How long after a change somebody wants to be left alone: not at all, an hour, a day. */
export type WatchDelay = 'none' | 'hour' | 'day';

/** `GET /v1/watches`: whose relationship the signed-in member wants to be told of. */
export interface WatchesView {
  watches: (NamedMember & { delay: WatchDelay })[];
  /** Whom the member watches in other networks. */
  elsewhere: RemoteWatch[];
  /** At most so many at a time, all of them together. */
  most: number;
}
