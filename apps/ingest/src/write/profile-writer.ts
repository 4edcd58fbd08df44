import { subjects, type ProfileMessage, type PutProfileCommand, type TokenClaims } from '@groundswell/contracts';
import type { SocialAcceptedBody } from '@groundswell/protocol';
import type { Clock } from '@groundswell/runtime';
import { randomUUID } from 'node:crypto';
import type { MemberLimit } from '../limit/member-limit.js';
import type { LogWriter } from './log-writer.js';

/** Writes what members say of themselves. */
export class ProfileWriter {
  constructor(
    private readonly writer: LogWriter,
    private readonly limit: MemberLimit,
    private readonly clock: Clock,
  ) {}

  /** The whole profile: what the command leaves out is gone. */
  async put(caller: TokenClaims, key: string | undefined, command: PutProfileCommand): Promise<SocialAcceptedBody> {
    await this.limit.spend(caller);
    const at = this.clock.now();
    const message: ProfileMessage = { profiles: [{ id: caller.sub, ...command }], at };
    const id = `profile:${caller.sub}:${key ?? randomUUID()}`;
    const { seq } = await this.writer.write({ subject: subjects.social('profile'), id, at, message });
    return { seq };
  }
}
