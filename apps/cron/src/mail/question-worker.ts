import type { Clock, Log } from '@groundswell/runtime';
import type { RateLimiter } from '@groundswell/store';
import type { LastCheck } from './last-check.js';
import type { LetterBook } from './letter-book.js';
import { letterId } from './letter-id.js';
import type { LetterLinks } from './letter-links.js';
import type { LetterWorkerOptions } from './letter-worker.js';
import type { Mailer } from './mailer.js';
import { notSent } from './not-sent.js';
import { renderQuestion } from './render/letter.js';

/** Questions that go out for one member in an hour: each goes to somebody who may not have wanted it. */
export const QUESTIONS_AN_HOUR = 5;

export interface QuestionWorkerOptions {
  check: Pick<LastCheck, 'address'>;
  /** Of members; see `QUESTIONS_AN_HOUR`. */
  limit: RateLimiter;
  links: LetterLinks;
  book: Pick<LetterBook, 'enter'>;
  mailer: Pick<Mailer, 'send'>;
  stop: LetterWorkerOptions['stop'];
  clock: Clock;
  log: Log;
}

export type QuestionOutcome = 'asked' | 'over' | 'full' | 'later' | 'refused';

/** Asks whether an address is the member's. */
export class QuestionWorker {
  constructor(private readonly o: QuestionWorkerOptions) {}

  /** Throws `ViewBehind` while it is not certain which address it is. */
  async work(member: string): Promise<QuestionOutcome> {
    const { check, limit, links, book, mailer, clock, log } = this.o;
    const found = await check.address(member);
    if (found?.state !== 'asked') return 'over';
    const taken = await limit(member);
    if (!taken.allowed) {
      log.warn('a member has addresses asked too often: this one is not');
      return 'full';
    }
    const target = { member, address: found.address };
    const id = letterId('question', member, found.address, String(found.at));
    const rendered = renderQuestion(await links.confirm(target));
    await book.enter(id, target);
    const sending = await mailer.send({ ...rendered, id, to: found.address, at: clock.now() });
    if (sending.kind === 'sent') return 'asked';
    return notSent({ ...target, letter: id, sending, stop: this.o.stop, log });
  }
}
