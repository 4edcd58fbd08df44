import type { TokenClaims } from '@groundswell/contracts';
import { REMOTE_ACCOUNT, type RemoteProvider, type SocialAcceptedBody, type WatchDelay } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import type { MemberSide } from '@groundswell/store';
import type { MemberLimit } from '../limit/member-limit.js';
import type { PrivateWriter } from './private-writer.js';
import { DELAYS_MS } from './delays.js';
import { requireRoom } from './watch-room.js';

export interface RemoteWatchRequest {
  caller: TokenClaims;
  provider: RemoteProvider;
  /** Who is watched, as the network names them. */
  subject: string;
  /** Idempotency-Key. */
  key: string | undefined;
}

export interface RemoteWatchesOptions {
  writer: PrivateWriter;
  /** Additions of a member, here and in other networks; taking back is free. */
  additions: MemberLimit;
  /** Changes of what is watched already. */
  settings: MemberLimit;
  /** Watches that a member may have at a time, here and in other networks. */
  most: number;
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
}

/** Writes whom members watch in other networks: the ids that they have chosen, and nothing else of their lists there. */
export class RemoteWatches {
  constructor(private readonly o: RemoteWatchesOptions) {}

  /** Again is no error. Throws `invalid_parameter`, `no_account` or `too_many_watches`. */
  async watch(request: RemoteWatchRequest): Promise<SocialAcceptedBody> {
    const { caller, provider, subject } = request;
    requireSubject(request);
    const side = await this.o.side(caller.sub);
    if (side.checkpoint && isWatched(side, request)) return { seq: side.checkpoint.seq };
    const account = side.accounts.get(provider)?.account ?? null;
    if (account === null)
      throw new ProblemError('no_account', `Connect your account first: PUT /v1/accounts/${provider}.`);
    if (account === subject) throw new ProblemError('invalid_parameter', 'Nobody can watch themselves.');
    requireRoom(side, this.o.most);
    await this.o.additions.spend(caller);
    return this.write(request, true);
  }

  /** How long after a change the caller wants to be left alone. Throws `not_watched`. */
  async delay(request: RemoteWatchRequest, delay: WatchDelay): Promise<SocialAcceptedBody> {
    requireSubject(request);
    if (!isWatched(await this.o.side(request.caller.sub), request))
      throw new ProblemError('not_watched', 'You do not watch this account: watch it first.');
    await this.o.settings.spend(request.caller);
    return this.write(request, true, DELAYS_MS[delay]);
  }

  async unwatch(request: RemoteWatchRequest): Promise<SocialAcceptedBody> {
    requireSubject(request);
    return this.write(request, false);
  }

  private async write(
    { caller, provider, subject, key }: RemoteWatchRequest,
    on: boolean,
    delayMs = 0,
  ): Promise<SocialAcceptedBody> {
    const content = { provider, subject, on, ...(delayMs > 0 ? { delayMs } : {}) };
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'watch', content }, key);
    return { seq };
  }
}

function requireSubject({ provider, subject }: RemoteWatchRequest): void {
  if (REMOTE_ACCOUNT[provider].test(subject)) return;
  throw new ProblemError('invalid_parameter', `This is no account of ${provider}: give the id that it has there.`);
}

function isWatched({ elsewhere }: MemberSide, { provider, subject }: RemoteWatchRequest): boolean {
  return elsewhere.some((one) => one.provider === provider && one.subject === subject);
}
