import type { MemberKeys, Publisher } from '@groundswell/bus';
import {
  envelope,
  sealedAbout,
  subjects,
  type AccountContent,
  type ReconnectTask,
  type SealedMessage,
} from '@groundswell/contracts';
import type { AccountLoss } from '@groundswell/protocol';
import { seal } from '@groundswell/runtime';

/** A permission that a provider does not accept any more. */
export interface Loss {
  provider: string;
  member: string;
  reason: AccountLoss;
  /** Position in the log at which it was given: one that was given since is not meant. */
  of: number;
}

export interface AccountLossesOptions {
  publisher: Publisher;
  keys: Pick<MemberKeys, 'find'>;
}

/** Says in the log that an account is lost, which takes the token out of the view, and has the member asked to connect it again. */
export class AccountLosses {
  constructor(private readonly o: AccountLossesOptions) {}

  /** Saying it twice says it once. Rejects with the errors of a publish and of a bucket. */
  async tell({ provider, member, reason, of }: Loss, { at, source }: { at: number; source: string }): Promise<void> {
    const { publisher, keys } = this.o;
    // Of whom there is no key any more, nothing can be read.
    const key = await keys.find(member);
    if (!key) return;
    const content: AccountContent = { provider, account: null, reason, of };
    const message: SealedMessage = { member, at, box: await seal(key, sealedAbout('account', member), content) };
    const id = `account-lost:${member}:${provider}:${of}`;
    await publisher.publish(envelope({ subject: subjects.private('account'), id, source, at, message }));
    await this.remind({ provider, member, of }, { at, source });
  }

  /** Has a member asked to connect an account again, in case nobody has been told to: the mailer knows whether it did. */
  async remind(
    { provider, member, of }: Pick<Loss, 'provider' | 'member' | 'of'>,
    { at, source }: { at: number; source: string },
  ): Promise<void> {
    const task: ReconnectTask = { kind: 'reconnect', watcher: member, provider, of };
    const id = `reconnect:${member}:${provider}:${of}`;
    await this.o.publisher.publish(envelope({ subject: subjects.notify('mail'), id, source, at, message: task }));
  }
}
