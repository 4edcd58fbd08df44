import type { Fault } from '@groundswell/relations';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { Conversation } from './conversation.js';
import type { Dialect } from './dialect.js';

/** Tokens remembered; one that is forgotten is asked about again. */
const TOKENS_MAX = 100_000;

/**
 * Whose tokens are. Answers about relationships do not say for whom they are, so that a token in the wrong place would tell
 * one member what another sees: each token is asked about once. Kept as digests.
 */
export class TokenOwners {
  readonly #owners = new LRUCache<string, string>({ max: TOKENS_MAX });

  /** Undefined: it is the account's. */
  async check(
    conversation: Conversation,
    { owner, account, token }: { owner: NonNullable<Dialect['owner']>; account: string; token: string },
  ): Promise<Fault | undefined> {
    const digest = createHash('sha256').update(token).digest('base64url');
    let found = this.#owners.get(digest);
    if (found === undefined) {
      const asked = await conversation.ask(owner.path);
      if (!asked.ok) return asked.fault;
      found = owner.read(asked.value);
      if (found === undefined) return { kind: 'hard', reason: 'shape' };
      this.#owners.set(digest, found);
    }
    return found === account ? undefined : { kind: 'auth', reason: 'other_account' };
  }
}
