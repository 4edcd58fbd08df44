/** A small log for specs: records with ascending positions, and ticks made by a feed that reads along. */
import type { Audience } from '@groundswell/protocol';
import { EventFeed, type EventFeedOptions, type TickInput } from './event-feed.js';
import type { ItemRecord, PinRecord, Rendered, StatusRecord, Tick } from './records.js';

export type LogEntry = ItemRecord | PinRecord | { kind: 'tick'; seq: number; message: Tick };

export const plainRender = <T extends Rendered['op']>(op: T): Rendered<T> => {
  const json = JSON.stringify(op);
  return { op, json, bytes: json.length };
};

export const LEVERS = { 'everyone.segment_ms': 1000, 'everyone.segment_max_bytes': 262_144 };

export const itemId = (n: number): string => String(n).padStart(16, 'x');

export class ScriptedLog {
  readonly entries: LogEntry[] = [];
  readonly reader: EventFeed;
  /** Turned between ticks. */
  levers: TickInput['levers'];
  /** Log time, milliseconds; absent: the position. */
  now: number | undefined;
  private seq = 0;

  constructor(levers?: Tick['levers'], options: Partial<EventFeedOptions> = {}) {
    this.levers = { ...LEVERS, ...levers };
    this.reader = new EventFeed({ render: plainRender, ...options });
  }

  status(author: string, audience: Audience = 'everyone', text = 'text'): string {
    const seq = ++this.seq;
    const id = itemId(seq);
    this.append({
      kind: 'status',
      seq,
      audience,
      message: { id, at: this.now ?? seq, author: { id: author, name: author }, text, rev: 1 },
    });
    return id;
  }

  comment(author: string, of: string, ofAuthor: string, audience: Audience = 'everyone'): string {
    const seq = ++this.seq;
    const id = itemId(seq);
    const message = {
      id,
      at: this.now ?? seq,
      author: { id: author, name: author },
      text: 'reply',
      rev: 1,
      of,
      ofAuthor,
    };
    this.append({ kind: 'comment', seq, audience, message });
    return id;
  }

  retract(id: string, author: string, audience: Audience = 'everyone', of?: string): void {
    this.append({ kind: 'retract', seq: ++this.seq, audience, message: { id, author, ...(of ? { of } : {}) } });
  }

  counts(
    of: string,
    ofAuthor: string,
    { likes, comments = 0, asOf = this.seq }: { likes: number; comments?: number; asOf?: number },
  ): void {
    const message = { of, ofAuthor, comments, likes, asOf };
    this.append({ kind: 'counts', seq: ++this.seq, audience: 'everyone', message });
  }

  /** Pins a story of the log, or unpins it. */
  pin(id: string, on = true): void {
    const status = this.entries.find((entry) => entry.kind === 'status' && entry.message.id === id) as StatusRecord;
    const story = { ...status.message, seq: status.seq };
    this.append({ kind: 'pin', seq: ++this.seq, audience: 'everyone', message: { story, on } });
  }

  tick(change: Partial<Tick> = {}): Tick {
    const seq = ++this.seq;
    const next = this.reader.nextTick({ epoch: 1, at: this.now ?? seq, social: 0, leverRev: 0, levers: this.levers });
    const message = { ...next, ...change };
    this.append({ kind: 'tick', seq, message });
    return message;
  }

  private append(entry: LogEntry): void {
    this.entries.push(entry);
    take(this.reader, entry);
  }
}

export function take(feed: EventFeed, entry: LogEntry): void {
  if (entry.kind === 'tick') feed.tick(entry.message, entry.seq);
  else if (entry.kind === 'pin') feed.pin(entry);
  else feed.push(entry);
}
