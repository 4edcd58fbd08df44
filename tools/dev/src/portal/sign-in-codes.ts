import type { Author } from '@groundswell/protocol';
import { randomBytes } from 'node:crypto';

/** Codes that sign one person in, once each. They live as long as this process. */
export class SignInCodes {
  private readonly waiting = new Map<string, Author>();

  /** A new code for a member. */
  issue(member: Author): string {
    const code = randomBytes(9).toString('base64url');
    this.waiting.set(code, member);
    return code;
  }

  /** Whom a code signs in; undefined when it is unknown or used up. */
  redeem(code: string): Author | undefined {
    const member = this.waiting.get(code);
    this.waiting.delete(code);
    return member;
  }
}
