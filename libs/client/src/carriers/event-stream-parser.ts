export interface StreamEvent {
  event: string;
  data: string;
}

/** Longest event, UTF-16 code units; a snapshot is far below it. */
export const EVENT_MAX_CHARS = 4_194_304;

/**
 * Parser of `text/event-stream` for text that comes in pieces cut anywhere. Ids are left alone: the cursor is in the
 * frames themselves. Throws RangeError when an event grows beyond all measure.
 */
export class EventStreamParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #size = 0;

  /** The events that this piece completes. */
  push(text: string): StreamEvent[] {
    // A carriage return at the end may be half of a line end: it waits for what follows.
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    const events = lines.flatMap((line) => this.#line(line));
    if (this.#rest.length + this.#size > EVENT_MAX_CHARS) {
      throw new RangeError(`An event of the stream is longer than ${EVENT_MAX_CHARS} characters.`);
    }
    return events;
  }

  #line(line: string): StreamEvent[] {
    if (line === '') return this.#dispatch();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#event = value ?? '';
    if (field === 'data') {
      this.#data.push(value ?? '');
      this.#size += line.length;
    }
    return [];
  }

  #dispatch(): StreamEvent[] {
    const event = { event: this.#event || 'message', data: this.#data.join('\n') };
    const empty = this.#data.length === 0;
    this.#event = '';
    this.#data = [];
    this.#size = 0;
    return empty ? [] : [event];
  }
}
