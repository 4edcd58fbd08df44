import { createWriteStream, mkdirSync, openSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

/** A file of this size becomes `NAME.1`, and a new one begins: at most twice this is kept of each process. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Lines that may wait for a slow disk; later ones are dropped. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
const AGAIN_MS = 5_000;

/** Appends lines to a file. A disk that is full costs lines, never the process. */
export class LogFile {
  private stream: WriteStream | undefined;
  private bytes = 0;
  private failedAt = -Infinity;

  constructor(
    readonly path: string,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  write(line: string): void {
    const stream = (this.stream ??= this.open());
    if (!stream || stream.writableLength > MAX_WAITING_BYTES) return;
    const text = `${line}\n`;
    stream.write(text);
    this.bytes += Buffer.byteLength(text);
    if (this.bytes <= this.maxBytes) return;
    stream.end(() => undefined);
    this.stream = undefined;
    this.turnOver();
  }

  /** Resolves when everything is written, or cannot be. */
  async close(): Promise<void> {
    const { stream } = this;
    this.stream = undefined;
    if (!stream || stream.destroyed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', () => resolve());
      stream.end();
    });
  }

  private open(): WriteStream | undefined {
    if (performance.now() - this.failedAt < AGAIN_MS) return undefined;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      this.bytes = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
      // Opened before anything else happens: a stream that opens by name later could find the next file there.
      return this.streamOf(openSync(this.path, 'a'));
    } catch {
      this.failedAt = performance.now();
      return undefined;
    }
  }

  private streamOf(fd: number): WriteStream {
    const stream = createWriteStream(this.path, { fd });
    stream.on('error', () => {
      this.failedAt = performance.now();
      if (this.stream === stream) this.stream = undefined;
    });
    return stream;
  }

  private turnOver(): void {
    try {
      renameSync(this.path, `${this.path}.1`);
    } catch {
      // The file goes on growing until the next line; there is nobody to tell.
    }
  }
}
