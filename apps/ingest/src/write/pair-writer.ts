import { subjects, type FriendshipMessage, type PairMessage, type TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody } from '@groundswell/protocol';
import { ProblemError, type Clock } from '@groundswell/runtime';
import { ASKED, BLOCKS, FRIENDS, isBarred, isFriend, STRANGERS, WAITING, type Side } from '@groundswell/social';
import type { StoredGraph } from '@groundswell/store';
import { randomUUID } from 'node:crypto';
import type { MemberLimit } from '../limit/member-limit.js';
import type { LogWriter } from './log-writer.js';

export type PairKind = 'friendship' | 'block' | 'mute';

export interface PairRequest {
  caller: TokenClaims;
  /** Whom it is about. */
  member: string;
  /** Idempotency-Key. */
  key: string | undefined;
}

export interface PairWriterOptions {
  writer: LogWriter;
  clock: Clock;
  limits: { friendships: MemberLimit; blocks: MemberLimit };
  /** Requests of one member that may wait for an answer. */
  openRequestsMax: number;
  /** Requests by others that may wait for one member's answer. */
  waitingRequestsMax: number;
  /** A member's graph, up to date. */
  graph: (member: string) => Promise<StoredGraph>;
}

/** How long it makes sense to wait when too many requests are open: they are answered by people. */
const OPEN_RETRY_S = 3_600;

const ITSELF: Record<PairKind, string> = {
  friendship: 'Nobody can befriend themselves.',
  block: 'Nobody can block themselves.',
  mute: 'Nobody can mute themselves.',
};

/**
 * Writes what members say of one another. Saying yes reads the caller's side first and writes only what it changes. What
 * takes away – blocks, mutes, taking back – reads nothing: it is accepted also while the views are out of reach.
 */
export class PairWriter {
  constructor(private readonly o: PairWriterOptions) {}

  /**
   * The caller says yes: asks, or accepts what was asked. Throws `cannot_be_asked` across a block, and, in the same words,
   * when too many wait for the other's answer: who is blocked cannot tell which it is.
   */
  async befriend(request: PairRequest): Promise<SocialAcceptedBody> {
    await this.admit('friendship', request);
    const { caller, member } = request;
    const { sides, checkpoint } = await this.o.graph(caller.sub);
    const side = sides.get(member) ?? STRANGERS;
    if (isBarred(side)) throw cannotBeAsked(side);
    if (checkpoint && (side & ASKED) !== 0) return { seq: checkpoint.seq };
    if ((side & WAITING) === 0 && !caller.roles.includes('load')) {
      await this.checkWaiting(member);
      this.checkOpen(sides);
    }
    return this.write('friendship', request, true);
  }

  /** The caller says yes to what the other has asked. Throws `not_asked`, across a block too. */
  async accept(request: PairRequest): Promise<SocialAcceptedBody> {
    await this.admit('friendship', request);
    const { sides, checkpoint } = await this.o.graph(request.caller.sub);
    const side = sides.get(request.member) ?? STRANGERS;
    if (checkpoint && isFriend(side)) return { seq: checkpoint.seq };
    if ((side & WAITING) === 0)
      throw new ProblemError('not_asked', 'This member does not ask for a friendship: ask them with PUT.');
    return this.write('friendship', request, true);
  }

  /** The caller says no: refuses, cancels or unfriends. */
  async unfriend(request: PairRequest): Promise<SocialAcceptedBody> {
    await this.admit('friendship', request);
    return this.write('friendship', request, false);
  }

  /** The caller blocks or mutes, or does no longer. */
  async shun(kind: 'block' | 'mute', request: PairRequest & { on: boolean }): Promise<SocialAcceptedBody> {
    await this.admit(kind, request);
    return this.write(kind, request, request.on);
  }

  private async admit(kind: PairKind, { caller, member }: PairRequest): Promise<void> {
    if (member === caller.sub) throw new ProblemError('invalid_parameter', ITSELF[kind]);
    const { friendships, blocks } = this.o.limits;
    await (kind === 'friendship' ? friendships : blocks).spend(caller);
  }

  private async checkWaiting(member: string): Promise<void> {
    const { sides } = await this.o.graph(member);
    if (countOf(sides, WAITING) >= this.o.waitingRequestsMax) throw cannotBeAsked(STRANGERS);
  }

  private checkOpen(sides: ReadonlyMap<string, Side>): void {
    const open = countOf(sides, ASKED);
    if (open < this.o.openRequestsMax) return;
    const detail = `${open} of your requests wait for an answer: take some back before you ask again.`;
    throw new ProblemError('too_many_requests', detail, { headers: { 'Retry-After': String(OPEN_RETRY_S) } });
  }

  private async write(kind: PairKind, { caller, member, key }: PairRequest, on: boolean): Promise<SocialAcceptedBody> {
    const at = this.o.clock.now();
    const message: FriendshipMessage | PairMessage =
      kind === 'friendship'
        ? { edges: [[caller.sub, member]], on, mutual: !on, at }
        : { by: caller.sub, to: member, on, at };
    const id = `${kind}:${caller.sub}:${member}:${on}:${key ?? randomUUID()}`;
    const { seq } = await this.o.writer.write({ subject: subjects.social(kind), id, at, message });
    return { seq };
  }
}

/** Requests of one kind that are not answered yet. */
function countOf(sides: ReadonlyMap<string, Side>, half: Side): number {
  let count = 0;
  for (const side of sides.values()) if ((side & FRIENDS) === half) count++;
  return count;
}

/** Whoever blocks is told so; whoever is blocked is told no more than that they cannot ask. */
function cannotBeAsked(side: Side): ProblemError {
  const detail =
    (side & BLOCKS) === 0
      ? 'This member cannot be asked now.'
      : 'You block this member: lift the block before you ask.';
  return new ProblemError('cannot_be_asked', detail);
}
