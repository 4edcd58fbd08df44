import type { PutRelationshipCommand, TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody, WatchConsent } from '@groundswell/protocol';
import { ProblemError, type Log } from '@groundswell/runtime';
import type { MemberLimit } from '../limit/member-limit.js';
import type { PrivateWriter } from './private-writer.js';

const DAY_MS = 24 * 3_600_000;

export interface RelationshipsOptions {
  writer: PrivateWriter;
  limit: MemberLimit;
  /** So long a status stands before anybody is told, unless its member wants a day, milliseconds. */
  settleMs: number;
  /** Lets those who watch a member be looked at again at a time, Unix milliseconds. */
  announce: (member: string, at: number) => Promise<void>;
  log: Log;
}

/** Writes what members publish of their relationships, and whom they let watch it. */
export class Relationships {
  constructor(private readonly o: RelationshipsOptions) {}

  /** A status takes the place of the one before. */
  async put(
    caller: TokenClaims,
    { value, visibility = 'friends', quiet = false, settle = 'usual' }: PutRelationshipCommand,
    key: string | undefined,
  ): Promise<SocialAcceptedBody> {
    await this.o.limit.spend(caller);
    const settleMs = settle === 'day' ? DAY_MS : undefined;
    const content = { value, visibility, quiet, ...(settleMs === undefined ? {} : { settleMs }) };
    const { seq, at } = await this.o.writer.write(caller.sub, { kind: 'relationship', content }, key);
    if (!quiet) await this.announce(caller.sub, at + (settleMs ?? this.o.settleMs));
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

  /** Watchers are looked at in any case; this makes it sooner. */
  private async announce(member: string, at: number): Promise<void> {
    await this.o.announce(member, at).catch((error: unknown) => {
      this.o.log.warn({ err: error }, 'watchers are told at the usual time: the store is out of reach');
    });
  }
}
