import type { AccountAnswer, AccountQuestion, TokenClaims } from '@groundswell/contracts';
import { REMOTE_ACCOUNT, type RemoteProvider, type SocialAcceptedBody, type WatchDelay } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import type { MemberSide } from '@groundswell/store';
import type { MemberLimit } from '../limit/member-limit.js';
import type { PrivateWriter } from './private-writer.js';
import { DELAYS_MS } from './delays.js';
import { requireRecognised } from './recognised.js';
import { requireRoom } from './watch-room.js';

interface Request {
  caller: TokenClaims;
  provider: RemoteProvider;
  /** Idempotency-Key. */
  key: string | undefined;
}

export interface ChoiceRequest extends Request {
  /** Who is to be watched, as the network names them. */
  subjects: readonly string[];
}

export interface RemoteWatchRequest extends Request {
  subject: string;
}

export interface RemoteWatchesOptions {
  writer: PrivateWriter;
  /** Additions of a member, here and in other networks; taking back is free. */
  additions: MemberLimit;
  /** Choices of a member: each is a request to the network concerned. */
  choices: MemberLimit;
  /** Changes of what is watched already. */
  settings: MemberLimit;
  /** Watches that a member may have at a time, here and in other networks. */
  most: number;
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
  /** Which accounts the network knows. */
  known: (question: AccountQuestion) => Promise<AccountAnswer>;
}

/** Writes whom members watch in other networks: the ids that they have chosen, and nothing else of their lists there. */
export class RemoteWatches {
  constructor(private readonly o: RemoteWatchesOptions) {}

  /**
   * All of them or none; those that are watched already are left as they are. Throws `invalid_body`, `invalid_parameter`,
   * `no_account`, `too_many_watches`, `unknown_accounts` or `network_unavailable`.
   */
  async watch(request: ChoiceRequest): Promise<SocialAcceptedBody> {
    const { caller, provider, subjects } = request;
    requireShape(request);
    const side = await this.o.side(caller.sub);
    const more = subjects.filter((subject) => !isWatched(side, { provider, subject }));
    if (side.checkpoint && more.length === 0) return { seq: side.checkpoint.seq };
    const account = side.accounts.get(provider)?.account ?? null;
    if (account === null)
      throw new ProblemError('no_account', `Connect your account first: PUT /v1/accounts/${provider}.`);
    if (more.includes(account)) throw new ProblemError('invalid_parameter', 'Nobody can watch themselves.');
    requireRoom(side, { more: more.length, most: this.o.most });
    await this.o.choices.spend(caller);
    requireRecognised(request, await this.o.known({ provider, watcher: caller.sub, subjects: more }), more);
    await this.o.additions.spend(caller, more.length);
    const written = await Promise.all(more.map((subject) => this.write({ ...request, subject }, true)));
    return { seq: Math.max(...written.map(({ seq }) => seq)) };
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
    // One request may be several messages: the same key must not make them one.
    const own = key === undefined ? undefined : `${key}:${subject}`;
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'watch', content }, own);
    return { seq };
  }
}

function sentence(provider: RemoteProvider): string {
  return `This is no account of ${provider}: give the id that it has there.`;
}

function requireSubject({ provider, subject }: RemoteWatchRequest): void {
  if (!REMOTE_ACCOUNT[provider].test(subject)) throw new ProblemError('invalid_parameter', sentence(provider));
}

function requireShape({ provider, subjects }: ChoiceRequest): void {
  const errors = subjects.flatMap((subject, i) =>
    REMOTE_ACCOUNT[provider].test(subject) ? [] : [{ at: `/subjects/${i}`, message: sentence(provider) }],
  );
  if (errors.length > 0) throw new ProblemError('invalid_body', 'Correct what is listed in errors.', { errors });
}

function isWatched(
  { elsewhere }: MemberSide,
  { provider, subject }: Pick<RemoteWatchRequest, 'provider' | 'subject'>,
): boolean {
  return elsewhere.some((one) => one.provider === provider && one.subject === subject);
}
