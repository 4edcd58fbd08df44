/**
 * Reads messages back from the log. They were built from validated commands, so a reader checks only what its own code
 * relies on: shape by kind. What does not fit is reported as undefined, counted by the caller and skipped
 * by every reader alike, so that no message can stop a node.
 */
import { isPosition, MEMBER_ID, type Audience } from '@groundswell/protocol';
import { areEdges } from './is-edges.js';
import { fieldsIn, type Fields } from './json-fields.js';
import type {
  CommentMessage,
  CountsMessage,
  PinMessage,
  ReactMessage,
  RetractMessage,
  StatusMessage,
  TickMessage,
} from './feed-messages.js';
import { BULK_MAX, type FriendshipMessage, type PairMessage, type ProfileMessage } from './social-messages.js';
import { parseFeedSubject, parseRawSubject, parseSocialSubject } from './subjects.js';

interface InFeed {
  event: string;
  audience: Audience;
  /** Position in EVENTS. */
  seq: number;
}

export type FeedRecord =
  | (InFeed & { kind: 'status'; message: StatusMessage })
  | (InFeed & { kind: 'comment'; message: CommentMessage })
  | (InFeed & { kind: 'counts'; message: CountsMessage })
  | (InFeed & { kind: 'retract'; message: RetractMessage })
  | (InFeed & { kind: 'pin'; message: PinMessage })
  | (InFeed & { kind: 'tick'; message: TickMessage });

export interface ReactRecord {
  kind: 'react';
  event: string;
  /** Position in EVENTS. */
  seq: number;
  message: ReactMessage;
}

export type SocialRecord =
  | { kind: 'friendship'; seq: number; message: FriendshipMessage }
  | { kind: 'block' | 'mute'; seq: number; message: PairMessage }
  | { kind: 'profile'; seq: number; message: ProfileMessage };

/** A message as a consumer hands it over. */
export interface Stored {
  subject: string;
  seq: number;
  data: Uint8Array;
}

/** Reads a message of EVENTS; undefined when it is none that this version understands. */
export function readFeed({ subject, seq, data }: Stored): FeedRecord | undefined {
  const where = feedSubject(subject);
  if (!where) return undefined;
  const message = fieldsIn(data);
  if (!message || !FEED_CHECKS[where.kind](message)) return undefined;
  const { event, audience, kind } = where;
  return { event, audience, kind, seq, message } as unknown as FeedRecord;
}

/** Reads a raw message of EVENTS; undefined when it is none that this version understands. */
export function readRaw({ subject, seq, data }: Stored): ReactRecord | undefined {
  const where = parseRawSubject(subject);
  if (!where) return undefined;
  const message = fieldsIn(data);
  return message && isReaction(message) ? ({ ...where, seq, message } as unknown as ReactRecord) : undefined;
}

/** Reads a message of SOCIAL; undefined when it is none that this version understands. */
export function readSocial({ subject, seq, data }: Stored): SocialRecord | undefined {
  const kind = parseSocialSubject(subject);
  if (!kind) return undefined;
  const message = fieldsIn(data);
  if (!message || !SOCIAL_CHECKS[kind](message)) return undefined;
  return { kind, seq, message } as unknown as SocialRecord;
}

type FeedSubject = ReturnType<typeof parseFeedSubject>;

/** There are a dozen an event, in millions of messages. */
const KNOWN_MOST = 10_000;
const known = new Map<string, FeedSubject>();

function feedSubject(subject: string): FeedSubject {
  if (known.has(subject)) return known.get(subject);
  const where = parseFeedSubject(subject);
  if (known.size < KNOWN_MOST) known.set(subject, where);
  return where;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isItem(m: Fields): boolean {
  return (
    isText(m['id']) &&
    isText(m['text']) &&
    isPosition(m['at']) &&
    isPosition(m['rev']) &&
    isFields(m['author']) &&
    isText(m['author']['id']) &&
    isText(m['author']['name'])
  );
}

function isPinned(story: unknown): boolean {
  return isFields(story) && isItem(story) && isPosition(story['seq']);
}

function arePins(pins: unknown): boolean {
  return (
    isFields(pins) && isPosition(pins['asOf']) && Array.isArray(pins['stories']) && pins['stories'].every(isPinned)
  );
}

function isReaction(m: Fields): boolean {
  const hasIds = isText(m['of']) && isText(m['ofAuthor']) && isText(m['member']);
  return hasIds && (m['audience'] === 'everyone' || m['audience'] === 'friends') && typeof m['on'] === 'boolean';
}

const FEED_CHECKS = {
  status: isItem,
  comment: (m: Fields) => isItem(m) && isText(m['of']) && isText(m['ofAuthor']) && isOptionalText(m['inReplyTo']),
  counts: (m: Fields) =>
    isText(m['of']) && isText(m['ofAuthor']) && ['comments', 'likes', 'asOf'].every((field) => isPosition(m[field])),
  retract: (m: Fields) =>
    isText(m['id']) &&
    isText(m['author']) &&
    isPosition(m['seq']) &&
    isPosition(m['at']) &&
    isOptionalText(m['of']) &&
    isOptionalText(m['ofAuthor']),
  pin: (m: Fields) => isPinned(m['story']) && typeof m['on'] === 'boolean',
  tick: (m: Fields) =>
    (m['pins'] === undefined || arePins(m['pins'])) &&
    ['n', 'prev', 'epoch', 'rules', 'at', 'social', 'leverRev', 'serveFrom'].every((field) => isPosition(m[field])) &&
    isFields(m['levers']) &&
    isPosition(m['levers']['everyone.segment_ms']) &&
    isPosition(m['levers']['everyone.segment_max_bytes']) &&
    isFields(m['replayFrom']) &&
    isPosition(m['replayFrom']['n']) &&
    isPosition(m['replayFrom']['seq']),
} as const;

const isMember = (value: unknown): boolean => isText(value) && MEMBER_ID.test(value);

function isPair(m: Fields): boolean {
  return isMember(m['by']) && isMember(m['to']) && m['by'] !== m['to'] && typeof m['on'] === 'boolean';
}

const SOCIAL_CHECKS = {
  block: isPair,
  mute: isPair,
  friendship: (m: Fields) =>
    areEdges(m['edges'], BULK_MAX) && typeof m['on'] === 'boolean' && typeof m['mutual'] === 'boolean',
  profile: (m: Fields) =>
    Array.isArray(m['profiles']) &&
    m['profiles'].every(
      (entry) =>
        isFields(entry) &&
        isText(entry['id']) &&
        isText(entry['name']) &&
        ['avatar', 'timeZone', 'locale'].every((field) => isOptionalText(entry[field])),
    ),
} as const;
