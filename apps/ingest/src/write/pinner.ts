import { subjects, type PinMessage } from '@groundswell/contracts';
import type { PinnedBody } from '@groundswell/protocol';
import { ProblemError, type Clock } from '@groundswell/runtime';
import { randomUUID } from 'node:crypto';
import type { EventRegistry } from '../accept/event-registry.js';
import type { Items } from './items.js';
import type { LogWriter } from './log-writer.js';

export interface PinRequest {
  event: string;
  status: string;
  on: boolean;
  key: string | undefined;
}

/** Writes what is pinned to the top of Everyone. Pinning again moves a status to the front. */
export class Pinner {
  constructor(
    private readonly events: EventRegistry,
    private readonly items: Items,
    private readonly writer: LogWriter,
    private readonly clock: Clock,
  ) {}

  async say({ event, status, on, key }: PinRequest): Promise<PinnedBody> {
    this.events.live(event);
    // As somebody who is not signed in: only what everybody may see can be pinned.
    const item = await this.items.visibleNow(undefined, event, status);
    if (item.kind !== 'status') throw new ProblemError('unknown_status', 'Only a public status can be pinned.');
    const { id, seq: position, at: writtenAt, author, text, rev } = item;
    const at = this.clock.now();
    const message: PinMessage = { story: { id, seq: position, at: writtenAt, author, text, rev }, on, at };
    const { seq } = await this.writer.write({
      subject: subjects.feed(event, 'everyone', 'pin'),
      id: `pin:${event}:${id}:${on}:${key ?? randomUUID()}`,
      at,
      message,
    });
    return { seq };
  }
}
