import type { Log } from '@groundswell/runtime';
import type { Returned } from './bounces.js';
import type { LastCheck } from './last-check.js';
import type { LetterBook } from './letter-book.js';
import { addressDigest } from './letter-id.js';
import type { LetterWorkerOptions } from './letter-worker.js';

export interface ReturnsOptions {
  book: Pick<LetterBook, 'find'>;
  check: Pick<LastCheck, 'address'>;
  stop: LetterWorkerOptions['stop'];
  log: Log;
}

/**
 * Stops the address that a letter could not be delivered to, or from which somebody complained: if it is still the member's.
 * Throws `ViewBehind` while that is not certain, and what the log and the store throw.
 */
export function returns({ book, check, stop, log }: ReturnsOptions): (returned: Returned) => Promise<void> {
  return async ({ letter, kind }) => {
    const target = await book.find(letter);
    if (!target) {
      log.info({ letter, kind }, 'a report is about a letter that is none of ours, or too old');
      return;
    }
    const address = await check.address(target.member);
    if (!address || address.state === 'stopped' || addressDigest(address.address) !== target.to) return;
    log.info({ letter, kind }, 'an address is stopped by what came back of a letter');
    await stop(target.member, address.address, kind);
  };
}
