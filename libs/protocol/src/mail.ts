/** How members are written to, and what they were told. */
import type { AccountView, RemoteWatch } from './accounts.js';
import type { NamedMember } from './http.js';
import type { ConsentView, RelationshipView } from './relationship.js';

/** When a member gets letters. Hours are local, 0 to 23. */
export interface LetterSettings {
  /** Once a day, as soon as there is something to tell, or not at all. */
  rhythm: 'daily' | 'soon' | 'never';
  /** IANA name. */
  timeZone: string;
  /** Of the daily letter. */
  hour: number;
  /** Nothing is sent from one hour to the other; the same hour twice: no such time. */
  quiet: { from: number; to: number };
}

/** What a member gets who has said nothing. */
export const USUAL_LETTERS: Readonly<LetterSettings> = {
  rhythm: 'daily',
  timeZone: 'UTC',
  hour: 9,
  quiet: { from: 22, to: 8 },
};

/** Longest address, in characters (RFC 5321, section 4.5.3.1.3 without the brackets). */
export const ADDRESS_MAX = 254;

/** Why nothing more is sent to an address. */
export type StopReason = 'unsubscribed' | 'bounced' | 'complained' | 'removed';

/** `GET /v1/mail`. */
export interface MailView {
  /** Only one that is confirmed gets letters. */
  address: { address: string; state: 'asked' | 'confirmed' | 'stopped'; reason: StopReason | null } | null;
  letters: LetterSettings;
}

/** A change that the signed-in member was told of, and why. Times in Unix milliseconds. */
export interface NoticeView {
  id: string;
  provider: string;
  subject: NamedMember;
  from: string;
  to: string;
  /** The two looks behind it: when it was first seen, and when it was certain. */
  seenAt: number;
  confirmedAt: number;
  mailedAt: number;
}

/** `GET /v1/notices`: newest first. */
export interface NoticesView {
  notices: NoticeView[];
}

/** `GET /v1/private`: everything that is kept sealed of a member. */
export interface PrivateExport {
  member: string;
  relationship: RelationshipView;
  consent: ConsentView & { answers: { watcher: string; answer: 'allowed' | 'refused' }[] };
  watches: string[];
  /** Without their tokens. */
  accounts: AccountView[];
  elsewhere: RemoteWatch[];
  mail: MailView;
  notices: NoticeView[];
}
