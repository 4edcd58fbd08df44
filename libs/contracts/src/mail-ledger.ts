/**
 * What a watcher has been written, so that nothing is written twice: one document a watcher, in a bucket and not in a view,
 * since a view can be older than a letter. Written only over the revision that was read.
 */

/** A change that a watcher is told of, with the looks behind it. Times in Unix milliseconds. */
export interface NoticeContent {
  provider: string;
  subject: string;
  from: string;
  to: string;
  /** When the change was first seen, and when it was certain. */
  seenAt: number;
  confirmedAt: number;
  /** When the pair was first looked at, and how many changes of it were told before. */
  baselineAt: number;
  told: number;
}

export type Notice = { id: string } & NoticeContent;

/** A letter that somebody has taken on. Whoever finds it after `until` sends the very same one. */
export interface LetterClaim {
  /** Local part of its Message-ID; made of its notices. */
  letter: string;
  notices: Notice[];
  /** Unix milliseconds. */
  until: number;
  /** How often it was tried, and put off. */
  tries: number;
}

/**
 * The last letter that asked to connect an account of a network again, one connected at position `of` of the log; or somebody
 * is sending it. Unix milliseconds.
 */
export type ReconnectMark = { state: 'claimed'; until: number } | { state: 'sent'; at: number; of?: number };

export interface MailLedger {
  claim?: LetterClaim;
  /** `<provider>:<subject>` → what was last mailed of the pair. */
  mailed: Record<string, { baselineAt: number; value: string; id: string }>;
  /** By network; absent: there never was one. */
  reconnects?: Record<string, ReconnectMark>;
  /** When letters went out within the last day, Unix milliseconds. */
  sentAt: number[];
  /** What was told, newest first; at most `NOTICES_KEPT`. */
  history: (Notice & { mailedAt: number })[];
}

/** Notices that a watcher can look up. */
export const NOTICES_KEPT = 100;

export const EMPTY_LEDGER: Readonly<MailLedger> = { mailed: {}, sentAt: [], history: [] };

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Throws a `SyntaxError` for what is no ledger: to go on without it could mail something twice. */
export function readLedger(data: Uint8Array): MailLedger {
  const ledger = JSON.parse(decoder.decode(data)) as Partial<MailLedger> | null;
  if (!ledger || typeof ledger.mailed !== 'object' || !Array.isArray(ledger.sentAt) || !Array.isArray(ledger.history))
    throw new SyntaxError('this is no mail ledger');
  return ledger as MailLedger;
}

export function writeLedger(ledger: MailLedger): Uint8Array {
  return encoder.encode(JSON.stringify(ledger));
}

/** Reads a notice as the outbox holds it; undefined when this version does not understand it. */
export function readNotice(id: string, json: string): Notice | undefined {
  try {
    const notice = JSON.parse(json) as Partial<NoticeContent> | null;
    const texts = [notice?.provider, notice?.subject, notice?.from, notice?.to];
    const numbers = [notice?.seenAt, notice?.confirmedAt, notice?.baselineAt, notice?.told];
    const isWhole = texts.every((text) => typeof text === 'string') && numbers.every(Number.isSafeInteger);
    return isWhole ? { ...(notice as NoticeContent), id } : undefined;
  } catch {
    return undefined;
  }
}
