import type { StopReason } from '@groundswell/protocol';
import type { Log } from '@groundswell/runtime';
import type { Sending } from './mailer.js';

export interface NotSentOptions {
  /** Its id, and whom it was for. */
  letter: string;
  member: string;
  address: string;
  sending: Exclude<Sending, { kind: 'sent' }>;
  stop: (member: string, address: string, reason: StopReason) => Promise<void>;
  log: Log;
}

/** What becomes of a letter that did not go out: an address that takes none gets no more, anything else is tried again. */
export async function notSent({
  letter,
  member,
  address,
  sending,
  stop,
  log,
}: NotSentOptions): Promise<'refused' | 'later'> {
  const { reason } = sending;
  if (sending.kind === 'refused') {
    log.info({ letter, reason }, 'an address takes no letters: it gets no more');
    await stop(member, address, 'bounced');
    return 'refused';
  }
  if (sending.ours) log.error({ letter, reason }, 'the mail server refuses letters of ours: an operator has to look');
  else log.warn({ letter, reason }, 'a letter could not be sent; it is tried again');
  return 'later';
}
