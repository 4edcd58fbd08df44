import type { TokenClaims } from '@groundswell/contracts';
import type { LetterSettings, SocialAcceptedBody } from '@groundswell/protocol';
import { LinkRefused, ProblemError, type MailLinks } from '@groundswell/runtime';
import type { MailSide, StoredAddress } from '@groundswell/store';
import type { MemberLimit } from '../limit/member-limit.js';
import type { PrivateWriter } from './private-writer.js';

export interface MailboxOptions {
  writer: PrivateWriter;
  limit: MemberLimit;
  /** Letters that ask whether an address is the member's: each goes to somebody who may not have wanted it. */
  questions: MemberLimit;
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MailSide>;
  /** Has the mailer ask whether the address of a member is theirs. */
  ask: (member: string, seq: number) => Promise<void>;
  /** For metrics: an address was confirmed, or gets no more letters by its member's wish. */
  count: (step: 'confirmed' | 'unsubscribed') => void;
  /** Absent: no mail is sent from here. */
  links: MailLinks | undefined;
}

/** What became of a link that was followed. `over`: it is for an address that is not the member's any more. */
export type Followed = 'done' | 'over';

/** Writes where and when members are written to. Nothing but one question goes to an address that is not confirmed. */
export class Mailbox {
  constructor(private readonly o: MailboxOptions) {}

  /** Asks the address whether it is the member's. One that is confirmed already stays so, and is not asked. Throws `mail_off`. */
  async put(caller: TokenClaims, address: string, key: string | undefined): Promise<SocialAcceptedBody> {
    this.links();
    const { address: known, checkpoint } = await this.o.side(caller.sub);
    if (checkpoint && known?.state === 'confirmed' && known.address === address) return { seq: checkpoint.seq };
    await this.o.questions.spend(caller);
    const { seq } = await this.o.writer.write(
      caller.sub,
      { kind: 'address', content: { step: 'asked', address } },
      key,
    );
    await this.o.ask(caller.sub, seq);
    return { seq };
  }

  async remove(caller: TokenClaims, key: string | undefined): Promise<SocialAcceptedBody> {
    await this.o.limit.spend(caller);
    const { address: known, checkpoint } = await this.o.side(caller.sub);
    if (!known) return { seq: checkpoint?.seq ?? 0 };
    const content = { step: 'stopped', address: known.address, reason: 'removed' } as const;
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'address', content }, key);
    return { seq };
  }

  async letters(caller: TokenClaims, content: LetterSettings, key: string | undefined): Promise<SocialAcceptedBody> {
    await this.o.limit.spend(caller);
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'letters', content }, key);
    return { seq };
  }

  /** Whether a link is good; follows nothing. Throws `link_broken`, `link_expired` or `mail_off`. */
  async look(purpose: 'confirm' | 'unsubscribe', token: string): Promise<void> {
    await this.read(purpose, token);
  }

  /** The member says that an address is theirs. Throws as `look` does. */
  async confirm(token: string): Promise<Followed> {
    const { member, known } = await this.read('confirm', token);
    if (!known || known.state === 'stopped') return 'over';
    if (known.state === 'asked') {
      const content = { step: 'confirmed', address: known.address } as const;
      await this.o.writer.write(member, { kind: 'address', content }, undefined);
      this.o.count('confirmed');
    }
    return 'done';
  }

  /** Nothing more is sent to an address. Throws as `look` does. */
  async unsubscribe(token: string): Promise<Followed> {
    const { member, known } = await this.read('unsubscribe', token);
    if (!known) return 'over';
    if (known.state !== 'stopped') {
      const content = { step: 'stopped', address: known.address, reason: 'unsubscribed' } as const;
      await this.o.writer.write(member, { kind: 'address', content }, undefined);
      this.o.count('unsubscribed');
    }
    return 'done';
  }

  /** Whose link it is, and their address if it is the one that the link was sent to. */
  private async read(
    purpose: 'confirm' | 'unsubscribe',
    token: string,
  ): Promise<{ member: string; known: StoredAddress | undefined }> {
    const link = await this.links()
      .read(purpose, token)
      .catch((error: unknown) => {
        if (!(error instanceof LinkRefused)) throw error;
        throw new ProblemError(error.code, SENTENCES[error.code], { cause: error });
      });
    const { address } = await this.o.side(link.member);
    return { member: link.member, known: address && link.isFor(address.address) ? address : undefined };
  }

  private links(): MailLinks {
    if (this.o.links) return this.o.links;
    throw new ProblemError('mail_off', 'Whoever runs this has to set MAIL_LINK_SECRET.');
  }
}

const SENTENCES = {
  link_broken: 'Open the link from the letter again, or copy all of it.',
  link_expired: 'Give your address once more, and you get a new link.',
};
