import type { PutRelationshipCommand, TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody, WatchConsent } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import type { MemberLimit } from '../limit/member-limit.js';
import type { PrivateWriter } from './private-writer.js';

const DAY_MS = 24 * 3_600_000;

export interface RelationshipsOptions {
  writer: PrivateWriter;
  limit: MemberLimit;
}

/** Writes what members publish of their relationships, and whom they let watch it. */
export class Relationships {
  constructor(private readonly o: RelationshipsOptions) {}

  /** A status takes the place of the one before. The projector lets those who watch its member be looked at again. */
  async put(
    caller: TokenClaims,
    { value, visibility = 'friends', quiet = false, settle = 'usual' }: PutRelationshipCommand,
    key: string | undefined,
  ): Promise<SocialAcceptedBody> {
    await this.o.limit.spend(caller);
    const settleMs = settle === 'day' ? DAY_MS : undefined;
    const content = { value, visibility, quiet, ...(settleMs === undefined ? {} : { settleMs }) };
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'relationship', content }, key);
    return { seq };
  }

  /** The member publishes nothing any more. Nobody is told. */
  async withdraw(caller: TokenClaims, key: string | undefined): Promise<SocialAcceptedBody> {
    await this.o.limit.spend(caller);
    const content = { value: null, visibility: 'friends', quiet: true } as const;
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'relationship', content }, key);
    return { seq };
  }

  async consent(caller: TokenClaims, mode: WatchConsent, key: string | undefined): Promise<SocialAcceptedBody> {
    await this.o.limit.spend(caller);
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'consent', content: { mode } }, key);
    return { seq };
  }

  /** What the caller says to somebody who watches them. The watcher does not learn of it. */
  async answer(
    caller: TokenClaims,
    { watcher, allowed, key }: { watcher: string; allowed: boolean; key: string | undefined },
  ): Promise<SocialAcceptedBody> {
    if (watcher === caller.sub) throw new ProblemError('invalid_parameter', 'Nobody watches themselves.');
    await this.o.limit.spend(caller);
    const content = { watcher, answer: allowed ? 'allowed' : 'refused' } as const;
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'consent', content }, key);
    return { seq };
  }
}
