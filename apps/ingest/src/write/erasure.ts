import type { MemberKeys } from '@groundswell/bus';
import type { PrivateContent, TokenClaims } from '@groundswell/contracts';
import { USUAL_LETTERS } from '@groundswell/protocol';
import { DEFAULT_CONSENT } from '@groundswell/social';
import { OWN_NETWORK, type MailSide, type MemberSide } from '@groundswell/store';
import type { MemberLimit } from '../limit/member-limit.js';
import type { PrivateWriter } from './private-writer.js';

export interface ErasureOptions {
  writer: PrivateWriter;
  keys: Pick<MemberKeys, 'erase'>;
  limit: MemberLimit;
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
  mailSide: (member: string) => Promise<MailSide>;
  /** Forgets what waits to be told to a member. */
  clearOutbox: (member: string) => Promise<void>;
  /** Forgets what a member was told. */
  forgetLetters: (member: string) => Promise<void>;
}

/**
 * Erases what is kept sealed of a member. Each thing is taken back by a message first, so that the views forget it; then the key
 * goes, and with it the sense of all sealed messages in the log, those too. A view that is made again later finds nothing.
 */
export class Erasure {
  constructor(private readonly o: ErasureOptions) {}

  async erase(caller: TokenClaims): Promise<void> {
    const { writer, keys, limit, side, mailSide, clearOutbox, forgetLetters } = this.o;
    await limit.spend(caller);
    const member = caller.sub;
    for (const content of takenBack(await side(member), await mailSide(member)))
      await writer.write(member, content, undefined);
    // The views have it once they are up to date: after the key is gone they could not read it any more.
    await side(member);
    await clearOutbox(member);
    await forgetLetters(member);
    await keys.erase(member);
  }
}

function takenBack(side: MemberSide, mail: MailSide): PrivateContent[] {
  const { relationship, consent, answers, watches, accounts, elsewhere } = side;
  const all: PrivateContent[] = [];
  if (relationship) all.push({ kind: 'relationship', content: { value: null, visibility: 'friends', quiet: true } });
  if (consent !== DEFAULT_CONSENT) all.push({ kind: 'consent', content: { mode: DEFAULT_CONSENT } });
  for (const watcher of answers.keys()) all.push({ kind: 'consent', content: { watcher, answer: null } });
  for (const subject of watches) all.push({ kind: 'watch', content: { provider: OWN_NETWORK, subject, on: false } });
  for (const { provider, subject } of elsewhere) all.push({ kind: 'watch', content: { provider, subject, on: false } });
  for (const provider of accounts.keys()) all.push({ kind: 'account', content: { provider, account: null } });
  if (mail.address) {
    const { address } = mail.address;
    all.push({ kind: 'address', content: { step: 'stopped', address, reason: 'removed' } });
  }
  if (mail.rhythm) all.push({ kind: 'letters', content: USUAL_LETTERS });
  return all;
}
