import { parseCursor } from '@groundswell/protocol';
import type { ServerFrame } from '@groundswell/protocol';
import type { StreamFetch, StreamReader } from '../src/carriers/stream-fetch.js';
import { EPOCH, everyoneSnap, segment, story } from './model-ops.js';

type Read = { done: boolean; value?: Uint8Array };

/** One stream of events in memory; what is pushed moves when it is flushed. */
export class ModelStream implements StreamReader {
  readonly after: string | null;
  readonly #frames: string[] = [];
  #waiting: ((read: Read) => void) | undefined;
  #ended = false;
  cancelled = false;

  constructor(after: string | null) {
    this.after = after;
  }

  read(): Promise<Read> {
    if (this.#ended) return Promise.resolve({ done: true });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  cancel(): Promise<void> {
    this.cancelled = true;
    this.end();
    return Promise.resolve();
  }

  push(frame: ServerFrame): void {
    this.#frames.push(`event: ${frame.t}\ndata: ${JSON.stringify(frame)}\n\n`);
  }

  flush(): void {
    if (this.#frames.length > 0) this.pushRaw(this.#frames.splice(0).join(''));
  }

  pushRaw(text: string): void {
    this.#waiting?.({ done: false, value: new TextEncoder().encode(text) });
    this.#waiting = undefined;
  }

  /** Loses the oldest waiting frame, as no correct network would. */
  lose(): void {
    this.#frames.shift();
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.({ done: true });
  }
}

/** Streams of a log whose every tick carries one status. */
export class ModelStreams {
  n = 0;
  /** Status of the answer to a new stream; 0 = none ever comes. */
  status = 200;
  readonly opened: ModelStream[] = [];

  readonly fetch: StreamFetch = async (url) => {
    const { searchParams } = new URL(url);
    const stream = new ModelStream(searchParams.get('after'));
    if (this.status === 0) return new Promise(() => undefined);
    await Promise.resolve();
    if (this.status === 200) this.#welcome(stream);
    return { status: this.status, body: { getReader: () => stream } };
  };

  get last(): ModelStream | undefined {
    return this.opened.at(-1);
  }

  tick(): void {
    this.n++;
    this.last?.push(segment(this.n));
  }

  #welcome(stream: ModelStream): void {
    this.opened.push(stream);
    const cursor = stream.after === null ? undefined : parseCursor(stream.after);
    if (cursor?.epoch !== EPOCH) {
      const stories = Array.from({ length: this.n }, (_, i) => story((this.n - i) * 10));
      stream.push(everyoneSnap(this.n, stories));
      return;
    }
    for (let n = cursor.position + 1; n <= this.n; n++) stream.push(segment(n));
  }
}
