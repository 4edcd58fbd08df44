import type { TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody, WatchDelay } from '@groundswell/protocol';
import { ProblemError } from '@groundswell/runtime';
import { isFriend, STRANGERS } from '@groundswell/social';
import { OWN_NETWORK, type MemberSide, type StoredGraph } from '@groundswell/store';
import type { MemberLimit } from '../limit/member-limit.js';
import { DELAYS_MS } from './delays.js';
import type { PrivateWriter } from './private-writer.js';
import { requireRoom } from './watch-room.js';

export interface WatchRequest {
  caller: TokenClaims;
  /** Who is watched. */
  member: string;
  /** Idempotency-Key. */
  key: string | undefined;
}

export interface WatchesOptions {
  writer: PrivateWriter;
  /** Additions of a member; taking back is free. */
  additions: MemberLimit;
  /** Changes of what is watched already. */
  settings: MemberLimit;
  /** Watches that a member may have at a time, here and in other networks. */
  most: number;
  /** A member's own side, up to date. */
  side: (member: string) => Promise<MemberSide>;
  graph: (member: string) => Promise<StoredGraph>;
}

/** Writes whose relationships members want to be told of. */
export class Watches {
  constructor(private readonly o: WatchesOptions) {}

  /**
   * Watches a friend; again is no error. Whether the friend shows anything is not said, now or ever. Throws `not_friends` or
   * `too_many_watches`.
   */
  async watch({ caller, member, key }: WatchRequest): Promise<SocialAcceptedBody> {
    if (member === caller.sub) throw new ProblemError('invalid_parameter', 'Nobody can watch themselves.');
    const [side, { sides }] = await Promise.all([this.o.side(caller.sub), this.o.graph(caller.sub)]);
    const { watches, checkpoint } = side;
    if (checkpoint && watches.includes(member)) return { seq: checkpoint.seq };
    if (!isFriend(sides.get(member) ?? STRANGERS)) {
      throw new ProblemError('not_friends', 'Only friends can be watched: ask this member for a friendship first.');
    }
    requireRoom(side, { more: 1, most: this.o.most });
    await this.o.additions.spend(caller);
    return this.write({ caller, member, key }, true);
  }

  /** How long after a change the caller wants to be left alone. Throws `not_watched`. */
  async delay(request: WatchRequest, delay: WatchDelay): Promise<SocialAcceptedBody> {
    const { watches } = await this.o.side(request.caller.sub);
    if (!watches.includes(request.member)) {
      throw new ProblemError('not_watched', 'You do not watch this member: watch them first.');
    }
    await this.o.settings.spend(request.caller);
    return this.write(request, true, DELAYS_MS[delay]);
  }

  async unwatch(request: WatchRequest): Promise<SocialAcceptedBody> {
    return this.write(request, false);
  }

  private async write({ caller, member, key }: WatchRequest, on: boolean, delayMs = 0): Promise<SocialAcceptedBody> {
    const content = { provider: OWN_NETWORK, subject: member, on, ...(delayMs > 0 ? { delayMs } : {}) };
    const { seq } = await this.o.writer.write(caller.sub, { kind: 'watch', content }, key);
    return { seq };
  }
}
