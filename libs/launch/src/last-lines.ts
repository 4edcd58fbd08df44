import type { Readable } from 'node:stream';

const LINES = 60;
const LINE_CHARS = 2_000;

/** Keeps the last lines of several outputs, and tells listeners each line. Bounded: the oldest lines are dropped. */
export class LastLines {
  private readonly kept: string[] = [];
  private readonly listeners = new Set<(line: string) => void>();

  read(stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = (lines.pop() ?? '').slice(0, LINE_CHARS);
      for (const line of lines) this.add(line);
    });
    stream.on('end', () => {
      if (rest !== '') this.add(rest);
      rest = '';
    });
    stream.on('error', () => undefined);
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.kept;
  }

  /** Calls `listener` for every line from now on; returns what stops it. */
  onLine(listener: (line: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private add(line: string): void {
    const text = line.replace(/\r$/, '').slice(0, LINE_CHARS);
    this.kept.push(text);
    if (this.kept.length > LINES) this.kept.shift();
    for (const listener of this.listeners) listener(text);
  }
}
