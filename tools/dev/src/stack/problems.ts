/** Finds what a person should see in the logs of the processes. */

const WARN = 40;
const SENTENCE_CHARS = 200;

/** The short form of a log line (pino, or nats-server's own), if it reports a problem; undefined otherwise. */
export function problemIn(line: string): string | undefined {
  const nats = /^\[\d+\] \S+ \S+ \[(ERR|FTL)\] (.*)$/.exec(line);
  if (nats) return shorten(nats[2] ?? '');
  const entry = parse(line);
  if (!entry || typeof entry.level !== 'number' || entry.level < WARN) return undefined;
  const cause = typeof entry.err?.message === 'string' ? entry.err.message : undefined;
  const text = typeof entry.msg === 'string' ? entry.msg : '';
  return shorten([text, cause === text ? undefined : cause].filter(Boolean).join(': '));
}

/** A number that a log line with this message carries, such as the port of "listening". */
export function numberIn(line: string, { msg, field }: { msg: string; field: string }): number | undefined {
  const entry = parse(line);
  const value = entry?.msg === msg ? entry[field] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** Lets each problem through once in a while, so that a fault in a loop does not flood the screen. */
export class Repeats {
  private readonly seen = new Map<string, { at: number; held: number }>();

  constructor(
    private readonly now: () => number,
    private readonly everyMs = 10_000,
  ) {}

  /** The text to show, saying how often it was held back; undefined = hold it back. */
  pass(text: string): string | undefined {
    const last = this.seen.get(text);
    if (last && this.now() - last.at < this.everyMs) {
      last.held++;
      return undefined;
    }
    if (this.seen.size > 500) this.seen.clear();
    this.seen.set(text, { at: this.now(), held: 0 });
    return last && last.held > 0 ? `${text} (${last.held} more times)` : text;
  }
}

interface Entry {
  level?: unknown;
  msg?: unknown;
  err?: { message?: unknown };
  [field: string]: unknown;
}

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function shorten(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > SENTENCE_CHARS ? `${line.slice(0, SENTENCE_CHARS - 1)}…` : line;
}
