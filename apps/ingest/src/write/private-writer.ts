import type { MemberKeys } from '@groundswell/bus';
import { sealedAbout, subjects, type PrivateContent, type SealedMessage } from '@groundswell/contracts';
import { seal, type Clock } from '@groundswell/runtime';
import { randomUUID } from 'node:crypto';
import { logProblem, type LogWriter } from './log-writer.js';

/** Writes what is nobody else's business, sealed under the member's key. */
export class PrivateWriter {
  constructor(
    private readonly writer: LogWriter,
    private readonly keys: Pick<MemberKeys, 'of'>,
    private readonly clock: Clock,
  ) {}

  /** `key`: Idempotency-Key. Gives the position, and the time that the message bears. */
  async write(
    member: string,
    { kind, content }: PrivateContent,
    key: string | undefined,
  ): Promise<{ seq: number; at: number }> {
    const sealing = await this.keys.of(member).catch((error: unknown) => {
      throw logProblem(error);
    });
    const at = this.clock.now();
    const message: SealedMessage = { member, at, box: await seal(sealing, sealedAbout(kind, member), content) };
    const id = `${kind}:${member}:${key ?? randomUUID()}`;
    const { seq } = await this.writer.write({ subject: subjects.private(kind), id, at, message });
    return { seq, at };
  }
}
