/**
 * What members say of their relationships, whose they watch, who they are elsewhere and how they want to be written to. Stored
 * sealed under the member's key: without it a message shows that somebody said something, and when.
 */
import { MEMBER_ID, type AccountLoss, type LetterSettings, type StopReason } from '@groundswell/protocol';
import { fieldsIn, type Fields } from './json-fields.js';
import type { Stored } from './read-log.js';
import { parsePrivateSubject, type PrivateKind } from './subjects.js';

/** A message as it is stored. */
export interface SealedMessage {
  member: string;
  /** Unix milliseconds. */
  at: number;
  /** The content, sealed about `sealedAbout(kind, member)`. */
  box: string;
}

/** What a member publishes; without a value they publish nothing any more. */
export interface RelationshipContent {
  /** One of the statuses of relations; null: none is published. */
  value: string | null;
  visibility: 'friends' | 'nobody';
  /** Nobody is to be told of it. */
  quiet: boolean;
  /** How long it is to stand before anybody is told, milliseconds; absent: as usual. */
  settleMs?: number;
}

/** A member watches somebody through a provider, or does no longer. */
export interface WatchContent {
  provider: string;
  /** As the provider names them. */
  subject: string;
  on: boolean;
  /** So long the watcher wants to be left alone after a change is certain, milliseconds; absent: not at all. */
  delayMs?: number;
}

/** Whom a member lets watch them, or what they say to one watcher; null takes an answer back. */
export type ConsentContent =
  | { mode: 'off' | 'ask' | 'mutuals' }
  | { watcher: string; answer: 'allowed' | 'refused' | null };

/** Where a member is written to. Nothing but the question is sent to an address before it is confirmed, or after it is stopped. */
export type AddressContent =
  | { step: 'asked' | 'confirmed'; address: string }
  | { step: 'stopped'; address: string; reason: StopReason };

/** When a member is written to. */
export type LettersContent = LetterSettings;

/**
 * Who a member is in another network, who connects an account or takes it back. With a reason: nothing can be asked
 * any more in the name that was connected at position `of` of the log; one connected later is not meant.
 */
export type AccountContent =
  | {
      provider: string;
      account: string;
      /** Sealed once more, about `tokenAbout`: only who asks in the member's name opens it. */
      token?: string;
    }
  | { provider: string; account: null }
  | { provider: string; account: null; reason: AccountLoss; of: number };

export type PrivateContent =
  | { kind: 'relationship'; content: RelationshipContent }
  | { kind: 'watch'; content: WatchContent }
  | { kind: 'consent'; content: ConsentContent }
  | { kind: 'address'; content: AddressContent }
  | { kind: 'letters'; content: LettersContent }
  | { kind: 'account'; content: AccountContent };

/** A sealed message with its place in the log. */
export interface SealedRecord extends SealedMessage {
  kind: PrivateKind;
  seq: number;
}

/** One that has been opened. */
export type PrivateRecord = PrivateContent & Omit<SealedRecord, 'kind' | 'box'>;

/** What a box must be about: one that is moved to another member, or another kind, cannot be opened. */
export function sealedAbout(kind: PrivateKind, member: string): string {
  return `${kind}:${member}`;
}

/** What the box of a token must be about: it cannot be opened for another account, or another network. */
export function tokenAbout({
  provider,
  account,
  member,
}: {
  provider: string;
  account: string;
  member: string;
}): string {
  return `token:${provider}:${account}:${member}`;
}

/** Reads a message of SOCIAL that is sealed; undefined when it is none, or none that this version understands. */
export function readSealed({ subject, seq, data }: Stored): SealedRecord | undefined {
  const kind = parsePrivateSubject(subject);
  if (!kind) return undefined;
  const { member, at, box } = fieldsIn(data) ?? {};
  const isSealed = isMember(member) && Number.isSafeInteger(at) && typeof box === 'string';
  return isSealed ? { kind, seq, member, at: at as number, box } : undefined;
}

/** Reads what was in the box; undefined when this version does not understand it. */
export function readContent(kind: PrivateKind, opened: unknown): PrivateContent | undefined {
  const content = fields(opened);
  return CHECKS[kind](content) ? ({ kind, content } as unknown as PrivateContent) : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isMember = (value: unknown): value is string => typeof value === 'string' && MEMBER_ID.test(value);
const isHour = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 24;
const isDuration = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const oneOf = (value: unknown, ...known: unknown[]): boolean => known.includes(value);

const CHECKS: Record<PrivateKind, (content: Fields) => boolean> = {
  relationship: ({ value, visibility, quiet, settleMs }) =>
    (value === null || isText(value)) &&
    oneOf(visibility, 'friends', 'nobody') &&
    typeof quiet === 'boolean' &&
    (settleMs === undefined || isDuration(settleMs)),
  watch: ({ provider, subject, on, delayMs }) =>
    isText(provider) && isText(subject) && typeof on === 'boolean' && (delayMs === undefined || isDuration(delayMs)),
  consent: ({ mode, watcher, answer }) =>
    mode === undefined
      ? isMember(watcher) && oneOf(answer, 'allowed', 'refused', null)
      : oneOf(mode, 'off', 'ask', 'mutuals'),
  address: ({ step, address, reason }) =>
    isText(address) &&
    (step === 'stopped'
      ? oneOf(reason, 'unsubscribed', 'bounced', 'complained', 'removed')
      : oneOf(step, 'asked', 'confirmed')),
  letters: ({ rhythm, timeZone, hour, quiet }) =>
    oneOf(rhythm, 'daily', 'soon', 'never') &&
    isText(timeZone) &&
    isHour(hour) &&
    isHour(fields(quiet)['from']) &&
    isHour(fields(quiet)['to']),
  account: ({ provider, account, token, reason, of }) =>
    isText(provider) &&
    (account === null
      ? reason === undefined || (oneOf(reason, 'no_account', 'other_account', 'refused') && Number.isSafeInteger(of))
      : isText(account) && (token === undefined || isText(token))),
};

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
