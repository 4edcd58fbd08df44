import type { LinkTarget, MailLinks } from '@groundswell/runtime';

export interface LetterLinksOptions {
  /** Where members see the page, and where the API answers; without a slash at the end. */
  pageUrl: string;
  publicUrl: string;
  links: MailLinks;
}

/** The links of letters. */
export class LetterLinks {
  constructor(private readonly o: LetterLinksOptions) {}

  /** Where it is said why there is a notice. */
  notice(id: string): string {
    return `${this.o.pageUrl}/?notice=${encodeURIComponent(id)}`;
  }

  /** Where members say when they are written to. */
  get settings(): string {
    return `${this.o.pageUrl}/?settings=mail`;
  }

  /** Where members say who they are in other networks. */
  get accounts(): string {
    return `${this.o.pageUrl}/?settings=accounts`;
  }

  async unsubscribe(target: LinkTarget): Promise<string> {
    return `${this.o.publicUrl}/v1/mail/unsubscribe?token=${await this.o.links.sign('unsubscribe', target)}`;
  }

  async confirm(target: LinkTarget): Promise<string> {
    return `${this.o.publicUrl}/v1/mail/confirm?token=${await this.o.links.sign('confirm', target)}`;
  }
}
