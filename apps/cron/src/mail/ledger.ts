import { KeyExists, PublishUnknown, StreamUnavailable, WrongLastSequence, type Bucket } from '@groundswell/bus';
import { EMPTY_LEDGER, NOTICES_KEPT, readLedger, writeLedger } from '@groundswell/contracts';
import type { LetterClaim, MailLedger, Notice, ReconnectMark, ReconnectTask } from '@groundswell/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { letterId } from './letter-id.js';
import { LETTERS_A_DAY } from './letter-time.js';

const DAY = 24 * 3_600_000;

/** A letter is sent within this time, or somebody else sends it: longer than any try to send takes. */
export const CLAIM_MS = 5 * 60_000;

/**
 * Who has been away does not begin to send later than this before the end of a claim: a try takes a minute and a half, and the
 * clock of somebody else may be two minutes ahead.
 */
export const BEGIN_BEFORE_MS = 3.5 * 60_000;

/** Writers of one document at the same time are few: a task, and a task that was handed out twice. */
const ATTEMPTS = 10;
/** A member is asked to connect an account of a network again once in this time, milliseconds. */
const RECONNECT_MS = 14 * DAY;

/** Longer from time to time, milliseconds. */
const AGAIN_MS = 100;

/** What a watcher can be sent. `stale`: ids of notices that were told before. Times in Unix milliseconds. */
export type Claimed =
  | { kind: 'letter'; claim: LetterClaim; stale: string[] }
  /** Somebody is sending a letter, or it is put off. */
  | { kind: 'taken'; until: number }
  /** There have been as many letters as there may be in a day. */
  | { kind: 'full'; until: number; stale: string[] }
  | { kind: 'nothing'; stale: string[] };

/** What became of a claim. */
export interface Recorded {
  told: readonly Notice[];
  /** There was a letter. */
  sent: boolean;
  /** Unix milliseconds. */
  now: number;
}

/** An account that has to be connected again, and the position of the log at which it was connected. */
export type LostAccount = Pick<ReconnectTask, 'provider' | 'of'>;

/** Whether a member is asked to connect an account again. */
export type ReconnectClaimed = { kind: 'letter' | 'known' } | { kind: 'taken' | 'full'; until: number };

export type LedgerBucket = Pick<Bucket, 'get' | 'create' | 'update'>;

/** What watchers have been written. Rejects with the errors of a bucket. */
export class MailLedgers {
  constructor(private readonly bucket: LedgerBucket) {}

  async read(watcher: string): Promise<MailLedger> {
    const entry = await this.bucket.get(watcher);
    return entry ? readLedger(entry.value) : EMPTY_LEDGER;
  }

  /** Takes on a letter with the notices that are news. One that nobody has ended in time is that very letter again. */
  claim(watcher: string, notices: readonly Notice[], now: number): Promise<Claimed> {
    return this.change<Claimed>(watcher, (ledger) => {
      if (ledger.claim) {
        const { until } = ledger.claim;
        if (until > now) return { result: { kind: 'taken', until } };
        const claim = { ...ledger.claim, until: now + CLAIM_MS };
        return { next: { ...ledger, claim }, result: { kind: 'letter', claim, stale: [] } };
      }
      const { news, stale } = sorted(ledger, notices);
      if (news.length === 0) return { result: { kind: 'nothing', stale } };
      const lately = within(ledger.sentAt, now);
      if (lately.length >= LETTERS_A_DAY) {
        return { result: { kind: 'full', until: lately.at(-LETTERS_A_DAY)! + DAY, stale } };
      }
      // A letter tells no more than the history holds, so that each is known by its id at least until the next one.
      const told = news.slice(0, NOTICES_KEPT);
      const letter = letterId(...told.map(({ id }) => id).sort());
      const claim: LetterClaim = { letter, notices: told, until: now + CLAIM_MS, tries: 0 };
      return { next: { ...ledger, claim }, result: { kind: 'letter', claim, stale } };
    });
  }

  /**
   * The notices of a claim have been told: in a letter, or on the page alone. Does nothing the second time. What is not known
   * to be written is tried again, since it would be sent again.
   */
  async record(watcher: string, letter: string, outcome: Recorded): Promise<void> {
    await untilKnown(() => this.write(watcher, letter, outcome));
  }

  /** Takes on the request to connect an account again; one that nobody has ended in time is free again. */
  claimReconnect(watcher: string, { provider, of }: LostAccount, now: number): Promise<ReconnectClaimed> {
    return this.change<ReconnectClaimed>(watcher, (ledger) => {
      const mark = ledger.reconnects?.[provider];
      if (mark?.state === 'sent' && (mark.of === of || mark.at > now - RECONNECT_MS))
        return { result: { kind: 'known' } };
      if (mark?.state === 'claimed' && mark.until > now) return { result: { kind: 'taken', until: mark.until } };
      const lately = within(ledger.sentAt, now);
      if (lately.length >= LETTERS_A_DAY) return { result: { kind: 'full', until: lately.at(-LETTERS_A_DAY)! + DAY } };
      const claimed: ReconnectMark = { state: 'claimed', until: now + CLAIM_MS };
      return {
        next: { ...ledger, reconnects: { ...ledger.reconnects, [provider]: claimed } },
        result: { kind: 'letter' },
      };
    });
  }

  /** The request has been sent, or could not be: then it may be tried again. */
  async endReconnect(
    watcher: string,
    { provider, of }: LostAccount,
    { sent, now }: Omit<Recorded, 'told'>,
  ): Promise<void> {
    const end = (ledger: MailLedger): { next: MailLedger; result: undefined } => {
      const mark: ReconnectMark = sent ? { state: 'sent', at: now, of } : { state: 'claimed', until: now };
      const sentAt = sent ? [...within(ledger.sentAt, now), now] : ledger.sentAt;
      const next = { ...ledger, sentAt, reconnects: { ...ledger.reconnects, [provider]: mark } };
      return { next, result: undefined };
    };
    await untilKnown(() => this.change<undefined>(watcher, end));
  }

  private write(watcher: string, letter: string, { told, sent, now }: Recorded): Promise<void> {
    return this.change(watcher, ({ claim, ...ledger }) => {
      const isOurs = claim?.letter === letter;
      const known = new Set(ledger.history.map(({ id }) => id));
      const added = told.filter(({ id }) => !known.has(id));
      if (!isOurs && added.length === 0) return { result: undefined };
      const mailed = { ...ledger.mailed };
      for (const notice of added) {
        const { id, to: value, baselineAt } = notice;
        mailed[pairOf(notice)] = { baselineAt, value, id };
      }
      // Of what was not told after all the watcher knows what they knew before.
      for (const notice of isOurs ? claim.notices : []) {
        const { id, from: value, baselineAt } = notice;
        const isTold = told.some((one) => one.id === id);
        if (!isTold) mailed[pairOf(notice)] = { baselineAt, value, id };
      }
      const history = [...added.map((notice) => ({ ...notice, mailedAt: now })).toReversed(), ...ledger.history];
      const sentAt = sent ? [...within(ledger.sentAt, now), now] : ledger.sentAt;
      const next: MailLedger = { ...ledger, mailed, sentAt, history: history.slice(0, NOTICES_KEPT) };
      return { next: claim && !isOurs ? { ...next, claim } : next, result: undefined };
    });
  }

  /** The letter is to be tried again, not before `until`. It may have gone out all the same, so it stays what it is. */
  putOff(watcher: string, { letter, until, tries }: Pick<LetterClaim, 'letter' | 'until' | 'tries'>): Promise<void> {
    return this.change(watcher, (ledger) => {
      if (ledger.claim?.letter !== letter) return { result: undefined };
      return { next: { ...ledger, claim: { ...ledger.claim, until, tries } }, result: undefined };
    });
  }

  private async change<T>(watcher: string, step: (ledger: MailLedger) => { next?: MailLedger; result: T }): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const entry = await this.bucket.get(watcher);
      const { next, result } = step(entry ? readLedger(entry.value) : EMPTY_LEDGER);
      if (!next) return result;
      try {
        if (entry) await this.bucket.update(watcher, writeLedger(next), entry.revision);
        else await this.bucket.create(watcher, writeLedger(next));
        return result;
      } catch (error) {
        const isOvertaken = error instanceof WrongLastSequence || error instanceof KeyExists;
        if (!isOvertaken || attempt === ATTEMPTS) throw error;
      }
    }
  }
}

/** What is not known to be written is written again. */
async function untilKnown(write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      const isGone = error instanceof PublishUnknown || error instanceof StreamUnavailable;
      if (!isGone || attempt === ATTEMPTS) throw error;
      await sleep(attempt * AGAIN_MS);
    }
  }
}

/**
 * What is news to the watcher, in the order in which it happened: of each pair the last change alone, against what the watcher
 * knows of it, which is what was mailed last or how it was at the beginning. Changes there and back are no news.
 */
function sorted(ledger: MailLedger, notices: readonly Notice[]): { news: Notice[]; stale: string[] } {
  const known = new Set(ledger.history.map(({ id }) => id));
  const fresh = notices
    .filter((notice) => !known.has(notice.id) && ledger.mailed[pairOf(notice)]?.id !== notice.id)
    .toSorted((a, b) => a.confirmedAt - b.confirmedAt || a.told - b.told);
  const changes = new Map<string, { first: Notice; last: Notice }>();
  for (const notice of fresh) {
    const pair = pairOf(notice);
    const earlier = changes.get(pair);
    const continues = earlier?.last.baselineAt === notice.baselineAt;
    changes.set(pair, { first: continues ? earlier.first : notice, last: notice });
  }
  const news = [...changes].flatMap(([pair, { first, last }]): Notice[] => {
    const mailed = ledger.mailed[pair];
    const from = mailed?.baselineAt === last.baselineAt ? mailed.value : first.from;
    return from === last.to ? [] : [{ ...last, from }];
  });
  const told = new Set(news.map(({ id }) => id));
  return { news, stale: notices.flatMap(({ id }) => (told.has(id) ? [] : id)) };
}

function pairOf({ provider, subject }: Pick<Notice, 'provider' | 'subject'>): string {
  return `${provider}:${subject}`;
}

/** Times in the future count: a clock was ahead. */
function within(times: readonly number[], now: number): number[] {
  return times.filter((at) => at > now - DAY).sort((a, b) => a - b);
}
