import { formatCursor, paths } from '@groundswell/protocol';
import type { ServerFrame } from '@groundswell/protocol';
import { parseFrame } from '../engine/parse-frame.js';
import type { EveryoneSink } from '../engine/sink.js';
import type { Timers } from '../feed/environment.js';
import { EventStreamParser } from './event-stream-parser.js';
import { newDecoder } from './stream-fetch.js';
import type { StreamFetch, StreamReader } from './stream-fetch.js';

export interface EventStreamOptions {
  /** Origin of the stream without a slash at its end; empty = the page's own. */
  baseUrl: string;
  event: string;
  fetch: StreamFetch;
  sink: EveryoneSink;
  timers: Timers;
  /** It has brought something. Once per opening. */
  onProved: () => void;
  /** It is over, but not by `close`; `bye` when the server said so. */
  onEnded: (bye?: { afterMs: number }) => void;
}

/** Longest wait for the answer, and longest silence after it: twice the server's heartbeat and some. Milliseconds. */
const ANSWER_MS = 10_000;
const SILENCE_MS = 35_000;

interface Opening {
  reader?: StreamReader;
  proved: boolean;
}

/** Carries Everyone by server-sent events, read with `fetch`: one opening at a time, none by itself. */
export class EventStream {
  readonly #options: EventStreamOptions;
  /** The opening that counts: what comes of another is late and ignored. */
  #opening: Opening | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /** Opens at the cursor of the sink. Does nothing when it is open. */
  open(): void {
    if (this.#opening) return;
    const opening: Opening = { proved: false };
    this.#opening = opening;
    this.#expect(opening, ANSWER_MS);
    this.#read(opening).then(
      () => this.#end(opening),
      () => this.#end(opening),
    );
  }

  /** Idempotent. */
  close(): void {
    const reader = this.#opening?.reader;
    this.#opening = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
    // The stream may have failed meanwhile, which no longer matters.
    reader?.cancel().catch(() => undefined);
  }

  async #read(opening: Opening): Promise<void> {
    const { baseUrl, event, fetch, sink } = this.#options;
    const after = sink.cursor ? `?after=${formatCursor(sink.cursor)}` : '';
    const answer = await fetch(baseUrl + paths.stream(event) + after, {
      headers: { accept: 'text/event-stream' },
      credentials: 'omit',
      cache: 'no-store',
    });
    const reader = answer.body?.getReader();
    if (answer.status !== 200 || !reader || this.#opening !== opening) return reader?.cancel();
    opening.reader = reader;
    const decoder = newDecoder();
    const parser = new EventStreamParser();
    while (this.#opening === opening) {
      this.#expect(opening, SILENCE_MS);
      const { done, value } = await reader.read();
      if (done || this.#opening !== opening) return;
      for (const { data } of value ? parser.push(decoder.decode(value, { stream: true })) : []) {
        this.#take(opening, data);
      }
    }
  }

  #take(opening: Opening, data: string): void {
    const parsed = parseFrame(data);
    if (this.#opening !== opening || parsed.t === 'unknown') return;
    if (parsed.t === 'bad') return this.#end(opening);
    const { frame } = parsed;
    if (frame.t === 'bye') return this.#end(opening, { afterMs: frame.afterMs });
    this.#hand(frame);
    // Its next frame would not follow either: it must start again from the cursor.
    if (frame.t === 'seg' && this.#isBehind(frame)) return this.#end(opening);
    if (opening.proved || this.#opening !== opening) return;
    opening.proved = true;
    this.#options.onProved();
  }

  #hand(frame: ServerFrame): void {
    const { sink } = this.#options;
    if (frame.t === 'seg') sink.take(frame);
    if (frame.t === 'snap' && frame.tab === 'everyone') sink.take(frame);
    if ((frame.t === 'skip' || frame.t === 'reset') && frame.tab === 'everyone') sink.take(frame);
  }

  /** Whether the sink did not follow to this segment. */
  #isBehind({ epoch, n }: { epoch: number; n: number }): boolean {
    const { cursor, epoch: newest } = this.#options.sink;
    return epoch >= newest && (cursor?.epoch !== epoch || cursor.n < n);
  }

  #expect(opening: Opening, ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.timers.set(() => this.#end(opening), ms);
  }

  #end(opening: Opening, bye?: { afterMs: number }): void {
    if (this.#opening !== opening) return;
    this.close();
    this.#options.onEnded(bye);
  }
}
