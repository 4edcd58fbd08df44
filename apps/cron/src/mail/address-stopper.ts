import type { MemberKeys, Publisher } from '@groundswell/bus';
import { envelope, sealedAbout, subjects } from '@groundswell/contracts';
import type { AddressContent, SealedMessage } from '@groundswell/contracts';
import type { StopReason } from '@groundswell/protocol';
import { seal, type Clock } from '@groundswell/runtime';
import { randomUUID } from 'node:crypto';

export interface AddressStopperOptions {
  publisher: Publisher;
  keys: Pick<MemberKeys, 'find'>;
  clock: Clock;
  source: string;
}

/** Says in the log that nothing more is sent to an address. */
export class AddressStopper {
  constructor(private readonly o: AddressStopperOptions) {}

  /** Rejects with the errors of a publish and of a bucket. Of whom there is no key any more, there is nothing to stop. */
  async stop(member: string, address: string, reason: StopReason): Promise<void> {
    const { publisher, keys, clock, source } = this.o;
    const key = await keys.find(member);
    if (!key) return;
    const at = clock.now();
    const content: AddressContent = { step: 'stopped', address, reason };
    const message: SealedMessage = { member, at, box: await seal(key, sealedAbout('address', member), content) };
    const id = `address:${member}:${randomUUID()}`;
    await publisher.publish(envelope({ subject: subjects.private('address'), id, source, at, message }));
  }
}
