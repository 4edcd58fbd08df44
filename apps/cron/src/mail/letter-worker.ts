import { readNotice, type LetterClaim, type LetterTask, type Notice } from '@groundswell/contracts';
import { USUAL_LETTERS, type StopReason } from '@groundswell/protocol';
import type { Clock, Log } from '@groundswell/runtime';
import { delayField, OWN_NETWORK, type Cleared, type MailSide, type StoredNotice } from '@groundswell/store';
import { ViewBehind } from '../providers/own/status-view.js';
import { nameless } from '../nameless.js';
import type { LastCheck, Permitted } from './last-check.js';
import { BEGIN_BEFORE_MS, type MailLedgers } from './ledger.js';
import type { LetterBook } from './letter-book.js';
import type { LetterLinks } from './letter-links.js';
import { letterTime } from './letter-time.js';
import type { Mailer } from './mailer.js';
import { notSent } from './not-sent.js';
import { renderLetter } from './render/letter.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A view that is behind is looked at again after this time. */
const BEHIND_MS = MINUTE;
/** After a first failure, then twice as long each time up to the longest. */
const FIRST_TRY_MS = 5 * MINUTE;
const LAST_TRY_MS = 6 * HOUR;
/** A notice of another version is left to a process that understands it. */
const STRANGE_MS = HOUR;
/** What an operator lets nobody be told is looked at again after this time. */
const FROZEN_MS = 10 * MINUTE;

export interface LetterWorkerOptions {
  clear: (cleared: readonly Cleared[]) => Promise<void>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  ledgers: MailLedgers;
  check: LastCheck;
  book: Pick<LetterBook, 'enter'>;
  links: LetterLinks;
  mailer: Pick<Mailer, 'send'>;
  /** Nothing more is to be sent to an address. */
  stop: (member: string, address: string, reason: StopReason) => Promise<void>;
  /** Whether an operator lets nobody be told of a subject. */
  isFrozen: (provider: string, subject: string) => boolean;
  clock: Clock;
  log: Log;
}

/** What is known of a watcher when a task is taken up; all of it is looked at again before something is sent. */
export interface Waiting {
  outbox: readonly StoredNotice[];
  side: MailSide;
}

/**
 * What became of a task. `kept`: nobody is to be written to, so that it is on the page alone. `dropped`: nothing of it may be
 * told any more.
 */
export type LetterOutcome =
  | 'waiting'
  | 'taken'
  | 'full'
  | 'known'
  | 'behind'
  | 'frozen'
  | 'dropped'
  | 'kept'
  | 'sent'
  | 'later'
  | 'refused';

interface Settled {
  outcome: LetterOutcome;
  /** Ids that leave the outbox, and when the rest is looked at again at the earliest, Unix milliseconds. */
  ids: readonly string[];
  notBefore?: number;
}

/** Writes to one watcher: sees what is due, takes it on, looks a last time, sends, and writes down that it was sent. */
export class LetterWorker {
  constructor(private readonly o: LetterWorkerOptions) {}

  /** Rejects when something that it needs does not answer: whatever was done by then is not done again. */
  async work({ watcher, until }: LetterTask, { outbox, side }: Waiting): Promise<LetterOutcome> {
    const times = this.times(outbox, side);
    const { outcome, ids, notBefore = 0 } = await this.settled(watcher, [...times.values()]);
    const left = [...times].filter(([id]) => !ids.includes(id)).map(([, { at }]) => at);
    const letterAt = Math.max(notBefore, Math.min(...left, Number.MAX_SAFE_INTEGER));
    await this.o.clear([{ watcher, ids, letterAt, leasedUntil: until }]);
    this.o.log.info({ watcher: nameless(watcher), outcome, notices: ids.length, until }, 'a task of the mail is done');
    return outcome;
  }

  private async settled(watcher: string, timed: readonly Timed[]): Promise<Settled> {
    const now = this.o.clock.now();
    const due = timed.flatMap(({ notice, at }) => (notice && at <= now ? [notice] : []));
    if (due.length === 0) return { outcome: 'waiting', ids: [] };
    const claimed = await this.o.ledgers.claim(watcher, due, now);
    switch (claimed.kind) {
      case 'taken':
        return { outcome: 'taken', ids: [], notBefore: claimed.until };
      case 'full':
        return { outcome: 'full', ids: claimed.stale, notBefore: claimed.until };
      case 'nothing':
        return { outcome: 'known', ids: claimed.stale };
      case 'letter': {
        const { outcome, ids, notBefore } = await this.deliver(watcher, claimed.claim);
        return { outcome, ids: [...claimed.stale, ...ids], ...(notBefore === undefined ? {} : { notBefore }) };
      }
    }
  }

  private async deliver(watcher: string, claim: LetterClaim): Promise<Settled> {
    const { ledgers, check, names, clock, log } = this.o;
    const { letter } = claim;
    // The letter is the same however often it is tried: it waits for all that is in it.
    if (claim.notices.some((notice) => this.isFrozen(notice)))
      return this.putOff(watcher, claim, { outcome: 'frozen', waitMs: FROZEN_MS, tries: claim.tries });
    // An id of another network may be that of somebody else here.
    const members = claim.notices.flatMap(({ provider, subject }) => (provider === OWN_NETWORK ? [subject] : []));
    const known = await names([...new Set(members)]);
    let permitted: Permitted;
    try {
      permitted = await check.letter(watcher, claim.notices);
    } catch (error) {
      if (!(error instanceof ViewBehind)) throw error;
      log.warn({ err: error, letter }, 'nothing is sent while the view is behind');
      return this.putOff(watcher, claim, { outcome: 'behind', waitMs: BEHIND_MS, tries: claim.tries });
    }
    const { address, notices: told } = permitted;
    const ids = claim.notices.map(({ id }) => id);
    const end = async (outcome: LetterOutcome): Promise<Settled> => {
      await ledgers.record(watcher, letter, { told, sent: outcome === 'sent', now: clock.now() });
      return { outcome, ids };
    };
    if (told.length === 0) return end('dropped');
    if (address === undefined) return end('kept');
    if (clock.now() > claim.until - BEGIN_BEFORE_MS) {
      log.warn(
        { letter },
        'a claim is nearly over before its letter could be sent: it is left to whoever claims it next',
      );
      return { outcome: 'taken', ids: [], notBefore: claim.until };
    }
    const sending = await this.send(watcher, letter, { ...permitted, address, names: known });
    if (sending.kind === 'sent') return end('sent');
    const { stop } = this.o;
    if ((await notSent({ letter, member: watcher, address, sending, stop, log })) === 'refused') return end('refused');
    const waitMs = Math.min(FIRST_TRY_MS * 2 ** claim.tries, LAST_TRY_MS);
    return this.putOff(watcher, claim, { outcome: 'later', waitMs, tries: claim.tries + 1 });
  }

  private async send(
    watcher: string,
    letter: string,
    { address, notices, settings, names }: Permitted & { address: string; names: ReadonlyMap<string, string> },
  ): ReturnType<Mailer['send']> {
    const { links, book, mailer, clock } = this.o;
    const target = { member: watcher, address };
    const unsubscribe = await links.unsubscribe(target);
    const rendered = renderLetter({
      notices,
      names,
      timeZone: settings.timeZone,
      links: { notice: (id) => links.notice(id), settings: links.settings, unsubscribe },
    });
    await book.enter(letter, target);
    return mailer.send({ ...rendered, id: letter, to: address, at: clock.now(), unsubscribe });
  }

  private async putOff(
    watcher: string,
    { letter }: LetterClaim,
    { outcome, waitMs, tries }: { outcome: LetterOutcome; waitMs: number; tries: number },
  ): Promise<Settled> {
    const until = this.o.clock.now() + waitMs;
    await this.o.ledgers.putOff(watcher, { letter, until, tries });
    return { outcome, ids: [], notBefore: until };
  }

  private isFrozen({ provider, subject }: Notice): boolean {
    return this.o.isFrozen(provider, subject);
  }

  /** Whom nobody writes to need not wait: there will be nothing but what is on the page. */
  private times(outbox: readonly StoredNotice[], { address, rhythm, delays }: MailSide): Map<string, Timed> {
    const now = this.o.clock.now();
    const settings = rhythm ?? USUAL_LETTERS;
    const isWritten = address?.state === 'confirmed';
    return new Map(
      outbox.map(({ id, json }): [string, Timed] => {
        const notice = readNotice(id, json);
        if (!notice) {
          this.o.log.error({ notice: id }, 'a notice makes no sense to this version');
          return [id, { notice, at: now + STRANGE_MS }];
        }
        if (this.isFrozen(notice)) return [id, { notice, at: now + FROZEN_MS }];
        const { provider, confirmedAt } = notice;
        const from = confirmedAt + (delays.get(delayField(notice)) ?? 0);
        const at = isWritten ? letterTime({ provider, from }, settings, now) : undefined;
        return [id, { notice, at: at ?? now }];
      }),
    );
  }
}

/** A notice, and when it may go out. */
interface Timed {
  notice: Notice | undefined;
  at: number;
}
