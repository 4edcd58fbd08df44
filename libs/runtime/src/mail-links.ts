import { errors, jwtVerify, SignJWT } from 'jose';
import { createHash } from 'node:crypto';
import type { Clock } from './clock.js';

/** What a link in a letter does when it is followed: each is good for that alone. */
export type LinkPurpose = 'confirm' | 'unsubscribe';

/** Whom a link is for, and which address it was sent to. */
export interface LinkTarget {
  member: string;
  address: string;
}

/** A link is not one of ours, or not any more. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';

  constructor(
    readonly code: 'link_broken' | 'link_expired',
    options?: ErrorOptions,
  ) {
    super(code === 'link_expired' ? 'the link is too old' : 'the link is damaged or incomplete', options);
  }
}

export interface MailLinksOptions {
  /** Known to those who write letters and those who answer the links; at least 32 characters. */
  secret: string;
  clock: Clock;
}

/** So long an address can be confirmed. Letters lie in a mailbox for years: to unsubscribe is always possible. */
const CONFIRM_MS = 24 * 3_600_000;

const ISSUER = 'groundswell-mail';

/** Signs and reads the tokens of links in letters: compact JWS (RFC 7515), HS256. They hold no address, only its digest. */
export class MailLinks {
  private readonly secret: Uint8Array;
  private readonly clock: Clock;

  constructor({ secret, clock }: MailLinksOptions) {
    this.secret = new TextEncoder().encode(secret);
    this.clock = clock;
  }

  sign(purpose: LinkPurpose, { member, address }: LinkTarget): Promise<string> {
    const token = new SignJWT({ to: digestOf(address) })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(purpose)
      .setSubject(member);
    if (purpose === 'confirm') token.setExpirationTime(new Date(this.clock.now() + CONFIRM_MS));
    return token.sign(this.secret);
  }

  /** Whose link it is, and whether it was sent to an address. Rejects with `LinkRefused`. */
  async read(purpose: LinkPurpose, token: string): Promise<{ member: string; isFor: (address: string) => boolean }> {
    const { sub, to } = await this.payload(purpose, token);
    // The last character of a signature has bits that do not count: such a link was changed all the same.
    if (!isCanonical(token) || !sub) throw new LinkRefused('link_broken');
    return { member: sub, isFor: (address) => digestOf(address) === to };
  }

  private async payload(purpose: LinkPurpose, token: string): Promise<{ sub?: string; to?: unknown }> {
    try {
      const options = { algorithms: ['HS256'], issuer: ISSUER, audience: purpose };
      const verified = await jwtVerify(token, this.secret, { ...options, currentDate: new Date(this.clock.now()) });
      return verified.payload;
    } catch (cause) {
      throw new LinkRefused(cause instanceof errors.JWTExpired ? 'link_expired' : 'link_broken', { cause });
    }
  }
}

function digestOf(address: string): string {
  return createHash('sha256').update(address).digest('base64url').slice(0, 22);
}

function isCanonical(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
