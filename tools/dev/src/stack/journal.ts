import { join } from 'node:path';
import { LogFile } from './log-file.js';
import { problemIn, Repeats } from './problems.js';

/** Keeps every line that the processes print, and says those that a person should know of. */
export class Journal {
  private readonly files = new Map<string, LogFile>();
  private readonly repeats = new Repeats(() => performance.now());
  /** Problems are not worth saying while everything ends. */
  quiet = false;

  constructor(
    readonly folder: string,
    private readonly say: (sentence: string) => void,
  ) {}

  /** What takes the lines of one process. */
  of(name: string): (line: string) => void {
    const file = this.files.get(name) ?? new LogFile(join(this.folder, `${name}.log`));
    this.files.set(name, file);
    return (line) => {
      file.write(line);
      const problem = this.quiet ? undefined : problemIn(line);
      const shown = problem === undefined ? undefined : this.repeats.pass(`${name}: ${problem}`);
      if (shown !== undefined) this.say(shown);
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.files.values()].map((file) => file.close()));
  }
}
