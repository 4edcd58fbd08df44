import { subjects, type ReactMessage, type TokenClaims } from '@groundswell/contracts';
import type { LikedBody } from '@groundswell/protocol';
import type { Clock } from '@groundswell/runtime';
import { randomUUID } from 'node:crypto';
import type { EventRegistry } from '../accept/event-registry.js';
import type { MemberLimit } from '../limit/member-limit.js';
import type { Items } from './items.js';
import type { LogWriter } from './log-writer.js';

export interface LikeRequest {
  caller: TokenClaims;
  event: string;
  status: string;
  on: boolean;
  key: string | undefined;
}

export interface LikerOptions {
  events: EventRegistry;
  items: Items;
  limit: MemberLimit;
  writer: LogWriter;
  clock: Clock;
}

/** Writes who likes what. The projectors count; a like that stands already is stored again and changes nothing. */
export class Liker {
  constructor(private readonly o: LikerOptions) {}

  async say({ caller, event, status, on, key }: LikeRequest): Promise<LikedBody> {
    const { events, items, limit, writer, clock } = this.o;
    events.live(event);
    await limit.spend(caller);
    // What was liked before a block can be taken back across it.
    const { audience, author } = on
      ? await items.answerable(caller.sub, event, { status })
      : await items.status(caller.sub, event, status);
    const at = clock.now();
    const message: ReactMessage = { of: status, ofAuthor: author.id, audience, member: caller.sub, on, at };
    const { seq } = await writer.write({
      subject: subjects.raw(event, 'react'),
      id: `react:${event}:${status}:${caller.sub}:${on}:${key ?? randomUUID()}`,
      at,
      message,
    });
    return { seq };
  }
}
