import type { ReconnectTask } from '@groundswell/contracts';
import type { Clock, Log } from '@groundswell/runtime';
import type { StoredAccount } from '@groundswell/store';
import type { LastCheck } from './last-check.js';
import type { LostAccount, MailLedgers } from './ledger.js';
import type { LetterBook } from './letter-book.js';
import { letterId } from './letter-id.js';
import type { LetterLinks } from './letter-links.js';
import { outOfQuiet } from './letter-time.js';
import type { LetterWorkerOptions } from './letter-worker.js';
import type { Mailer } from './mailer.js';
import { notSent } from './not-sent.js';
import { renderReconnect } from './render/reconnect.js';

export interface ReconnectWorkerOptions {
  check: Pick<LastCheck, 'letter'>;
  accounts: (provider: string, members: readonly string[]) => Promise<(StoredAccount | undefined)[]>;
  ledgers: Pick<MailLedgers, 'claimReconnect' | 'endReconnect'>;
  links: LetterLinks;
  book: Pick<LetterBook, 'enter'>;
  mailer: Pick<Mailer, 'send'>;
  stop: LetterWorkerOptions['stop'];
  clock: Clock;
  log: Log;
}

/** `over`: the account is connected again, or taken back. `kept`: the page alone says it. `known`: there was a letter of late. */
export interface ReconnectEnd {
  outcome: 'sent' | 'over' | 'kept' | 'known' | 'taken' | 'full' | 'later' | 'refused';
  /** The task is to be taken up again after this time, milliseconds. */
  waitMs?: number;
}

/** Asks a member to connect an account again: once, and in a fortnight once for each network, outside of quiet hours. */
export class ReconnectWorker {
  constructor(private readonly o: ReconnectWorkerOptions) {}

  /** Throws `ViewBehind` while it is not certain whether the account is lost, and where the member is written to. */
  async work({ watcher, provider, of }: ReconnectTask): Promise<ReconnectEnd> {
    const { check, accounts, ledgers, clock } = this.o;
    const { address, settings } = await check.letter(watcher, []);
    const [account] = await accounts(provider, [watcher]);
    if (account?.account !== null || account.of !== of) return { outcome: 'over' };
    if (address === undefined) return { outcome: 'kept' };
    const now = clock.now();
    const at = outOfQuiet(now, settings);
    if (at > now) return { outcome: 'later', waitMs: at - now };
    const claimed = await ledgers.claimReconnect(watcher, { provider, of }, now);
    switch (claimed.kind) {
      case 'known':
        return { outcome: 'known' };
      case 'taken':
      case 'full':
        return { outcome: claimed.kind, waitMs: claimed.until - now };
      case 'letter':
        return this.send({ member: watcher, address }, { provider, of });
    }
  }

  private async send(target: { member: string; address: string }, lost: LostAccount): Promise<ReconnectEnd> {
    const { links, book, mailer, ledgers, clock, log } = this.o;
    const { member, address } = target;
    const { provider, of } = lost;
    const id = letterId('reconnect', member, provider, String(of));
    const unsubscribe = await links.unsubscribe(target);
    const rendered = renderReconnect(provider, { accounts: links.accounts, settings: links.settings, unsubscribe });
    await book.enter(id, target);
    const sending = await mailer.send({ ...rendered, id, to: address, at: clock.now(), unsubscribe });
    await ledgers.endReconnect(member, lost, { sent: sending.kind === 'sent', now: clock.now() });
    if (sending.kind === 'sent') return { outcome: 'sent' };
    return { outcome: await notSent({ ...target, letter: id, sending, stop: this.o.stop, log }) };
  }
}
