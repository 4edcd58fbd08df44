import type { MailLedger } from '@groundswell/contracts';
import { USUAL_LETTERS, type MailView, type NoticesView } from '@groundswell/protocol';
import type { MailSide } from '@groundswell/store';

export interface MailViewsOptions {
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MailSide>;
  ledger: (member: string) => Promise<MailLedger>;
  names: (members: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** What members are shown of their letters: where and when they come, and what was told in them. */
export class MailViews {
  constructor(private readonly o: MailViewsOptions) {}

  async mail(member: string): Promise<MailView> {
    const { address, rhythm } = await this.o.side(member);
    return {
      address: address ? { address: address.address, state: address.state, reason: address.reason ?? null } : null,
      letters: rhythm ?? USUAL_LETTERS,
    };
  }

  async notices(member: string): Promise<NoticesView> {
    const { history } = await this.o.ledger(member);
    const names = await this.o.names([...new Set(history.map(({ subject }) => subject))]);
    return {
      notices: history.map(({ id, provider, subject, from, to, seenAt, confirmedAt, mailedAt }) => ({
        id,
        provider,
        subject: { id: subject, name: names.get(subject) ?? subject },
        from,
        to,
        seenAt,
        confirmedAt,
        mailedAt,
      })),
    };
  }
}
