import { subjects, type RetractMessage, type TokenClaims } from '@groundswell/contracts';
import type { PostedBody } from '@groundswell/protocol';
import { ProblemError, type Clock } from '@groundswell/runtime';
import type { EventRegistry } from '../accept/event-registry.js';
import type { Items } from './items.js';
import type { LogWriter } from './log-writer.js';

export interface RetractRequest {
  caller: TokenClaims;
  event: string;
  id: string;
  /** A comment: its story. */
  of?: string;
}

/** Takes back what the caller wrote, or, for an operator, what anybody did. Doing it again is no error: it is gone either way. */
export class Retractor {
  constructor(
    private readonly events: EventRegistry,
    private readonly items: Items,
    private readonly writer: LogWriter,
    private readonly clock: Clock,
  ) {}

  async retract({ caller, event, id, of }: RetractRequest): Promise<PostedBody> {
    // What somebody regrets can be taken back after the event too.
    this.events.known(event);
    const isOperator = caller.roles.includes('operator');
    const item = await (isOperator ? this.items.any(event, id) : this.items.visibleTo(caller.sub, event, id));
    if (item.kind === 'tomb') return { id, seq: item.seq, at: item.at };
    const under = item.kind === 'comment' ? { of: item.of, ofAuthor: item.ofAuthor } : undefined;
    if (under?.of !== of)
      throw new ProblemError('unknown_status', 'There is no such status or comment at this address.');
    if (item.author.id !== caller.sub && !isOperator)
      throw new ProblemError('forbidden', 'Only its author can take it back.');
    const at = this.clock.now();
    const message: RetractMessage = { id, seq: item.seq, author: item.author.id, at, ...under };
    const subject = subjects.feed(event, item.audience, 'retract');
    const { seq } = await this.writer.write({ subject, id: `retract:${id}`, at, message });
    return { id, seq, at };
  }
}
