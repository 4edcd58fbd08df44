import type { MemberKeys } from '@groundswell/bus';
import {
  readContent,
  readSealed,
  sealedAbout,
  type PrivateRecord,
  type SealedRecord,
  type Stored,
} from '@groundswell/contracts';
import { SealBroken, unseal } from '@groundswell/runtime';

/** Opens sealed messages before they are projected. Whose key was erased, and what was tampered with, says nothing. */
export class Opener {
  private opened = new Map<number, PrivateRecord>();

  constructor(private readonly keys: Pick<MemberKeys, 'find'>) {}

  /** Opens what is sealed among messages, and gives it; all keys are fetched together. Rejects when they are out of reach. */
  async open(messages: readonly Stored[]): Promise<PrivateRecord[]> {
    const records = await Promise.all(
      messages.flatMap((message) => {
        const sealed = readSealed(message);
        return sealed ? [this.openOne(sealed)] : [];
      }),
    );
    const opened = records.filter((record) => record !== undefined);
    this.opened = new Map(opened.map((record) => [record.seq, record]));
    return opened;
  }

  /** What a message of the last `open` said; undefined when it is not sealed or cannot be opened. */
  take({ seq }: Stored): PrivateRecord | undefined {
    return this.opened.get(seq);
  }

  private async openOne({ kind, seq, member, at, box }: SealedRecord): Promise<PrivateRecord | undefined> {
    const key = await this.keys.find(member);
    if (!key) return undefined;
    try {
      const content = readContent(kind, await unseal(key, sealedAbout(kind, member), box));
      return content && { ...content, seq, member, at };
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}
