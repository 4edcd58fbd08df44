import { LeverBook, type LeverEntry } from '@groundswell/levers';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from './log.js';

interface Content {
  v: 1;
  rev: number;
  entries: LeverEntry[];
}

/** The copy on this machine's disk of what the bucket had last. It is never needed to run, so no fault of it stops anything. */
export class LeverCopy {
  private next: LeverBook | undefined;
  private writing: Promise<void> | undefined;
  private failed = false;

  constructor(
    private readonly file: string,
    private readonly log: Log,
  ) {}

  /** What was kept; undefined when there is nothing that can be read. */
  async read(): Promise<LeverBook | undefined> {
    try {
      const { rev, entries } = check(JSON.parse(await readFile(this.file, 'utf8')));
      const book = new LeverBook(rev);
      for (const entry of entries) {
        const reason = book.add(entry);
        if (reason !== undefined) this.log.warn({ file: this.file, reason }, 'a lever in the copy was passed over');
      }
      return book;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.log.warn({ file: this.file, reason: (error as Error).message }, 'the copy of the levers cannot be read');
      return undefined;
    }
  }

  /** Keeps what the book says now, soon: what comes while a copy is written is written next, once. */
  keep(book: LeverBook): void {
    this.next = book;
    this.writing ??= this.write().finally(() => (this.writing = undefined));
  }

  /** Resolves when nothing is left to be written. */
  async settle(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    const draft = `${this.file}.${process.pid}`;
    while (this.next) {
      const content: Content = { v: 1, rev: this.next.rev, entries: this.next.entries() };
      this.next = undefined;
      try {
        await mkdir(dirname(this.file), { recursive: true });
        await writeFile(draft, JSON.stringify(content), { flush: true });
        await rename(draft, this.file);
        this.failed = false;
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        if (!this.failed) {
          const fields = { file: this.file, reason: (error as Error).message };
          this.log.warn(fields, 'the copy of the levers cannot be written');
        }
        this.failed = true;
      }
    }
  }
}

function check(json: unknown): Content {
  const { v, rev, entries } = (json ?? {}) as Partial<Record<keyof Content, unknown>>;
  if (v !== 1 || !Number.isSafeInteger(rev) || !Array.isArray(entries) || !entries.every(isEntry)) {
    throw new TypeError('it is not of the form {v: 1, rev, entries}');
  }
  return { v, rev: rev as number, entries };
}

function isEntry(value: unknown): value is LeverEntry {
  const { key, revision, at } = (value ?? {}) as Partial<Record<keyof LeverEntry, unknown>>;
  return typeof key === 'string' && Number.isSafeInteger(revision) && Number.isSafeInteger(at);
}
