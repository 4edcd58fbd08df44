import { subjects, type FriendshipMessage, type TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody } from '@groundswell/protocol';
import { ProblemError, type Clock } from '@groundswell/runtime';
import { randomUUID } from 'node:crypto';
import type { MemberLimit } from '../limit/member-limit.js';
import type { LogWriter } from './log-writer.js';

export interface FriendshipRequest {
  caller: TokenClaims;
  member: string;
  /** True: the caller says yes. False: there is no friendship between the two any more. */
  on: boolean;
  key: string | undefined;
}

/** Writes what members say of one another. */
export class Befriender {
  constructor(
    private readonly writer: LogWriter,
    private readonly limit: MemberLimit,
    private readonly clock: Clock,
  ) {}

  async say({ caller, member, on, key }: FriendshipRequest): Promise<SocialAcceptedBody> {
    if (member === caller.sub) throw new ProblemError('invalid_parameter', 'Nobody can befriend themselves.');
    await this.limit.spend(caller);
    const message: FriendshipMessage = { edges: [[caller.sub, member]], on, mutual: !on, at: this.clock.now() };
    const { seq } = await this.writer.write({
      subject: subjects.social('friendship'),
      id: `friendship:${caller.sub}:${member}:${on}:${key ?? randomUUID()}`,
      at: message.at,
      message,
    });
    return { seq };
  }
}
