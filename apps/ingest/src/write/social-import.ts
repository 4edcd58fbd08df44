import { BULK_MAX, subjects, type FriendshipMessage, type ProfileMessage } from '@groundswell/contracts';
import { problem, type ImportLine, type ImportProgress, type ImportResult, type Problem } from '@groundswell/protocol';
import { ProblemError, type Clock } from '@groundswell/runtime';
import type { Readable } from 'node:stream';
import split2 from 'split2';
import { LINE_MAX, parseImportLine } from './import-lines.js';
import type { LogWriter, Written } from './log-writer.js';

/** Messages on their way to the log at a time. */
const IN_FLIGHT = 32;

export interface ImportRequest {
  input: Readable;
  /** Repeats of an import under one key are stored once, as long as the log remembers ids. */
  key: string;
  /** Lines that are stored already. */
  skip: number;
}

/** The last line of an answer that ends early: what is wrong, and the last line that is stored. */
export type ImportFault = Problem & { t: 'problem'; line: number };

interface Message {
  /** Last input line in it. */
  line: number;
  edges: number;
  profiles: number;
  written: Promise<Written>;
}

/** Turns lines into messages of up to 500 and writes them in order, answering how far the log has them. */
export class SocialImport {
  constructor(
    private readonly writer: LogWriter,
    private readonly clock: Clock,
  ) {}

  /** Lines of the answer. */
  async *run(request: ImportRequest): AsyncGenerator<string> {
    const result: ImportResult = { t: 'done', line: request.skip, edges: 0, profiles: 0, seq: 0 };
    try {
      for await (const { line, edges, profiles, written } of this.messages(request)) {
        const { seq } = await written;
        Object.assign(result, { line, seq, edges: result.edges + edges, profiles: result.profiles + profiles });
        yield toLine({ t: 'progress', line } satisfies ImportProgress);
      }
      yield toLine(result);
    } catch (error) {
      yield toLine(faultOf(error, result.line));
    }
  }

  /** Messages in input order; up to `IN_FLIGHT` of them are being written while the first is awaited. */
  private async *messages({ input, key, skip }: ImportRequest): AsyncGenerator<Message> {
    const ahead: Message[] = [];
    let fault: unknown;
    try {
      for await (const group of groups(input, skip)) {
        ahead.push({ ...group, written: this.write(group, key) });
        if (ahead.length >= IN_FLIGHT) yield ahead.shift()!;
      }
    } catch (error) {
      fault = error;
    }
    // What came before a fault is stored and said to be.
    yield* ahead;
    if (fault) throw fault;
  }

  private write({ first, line, lines }: Group, key: string): Promise<Written> {
    const at = this.clock.now();
    const edges = lines.flatMap((entry) => (entry.t === 'edge' ? [[entry.a, entry.b] as [string, string]] : []));
    const id = `import:${key}:${first}-${line}`;
    const written =
      edges.length > 0
        ? this.writer.write({
            subject: subjects.social('friendship'),
            id,
            at,
            message: { edges, on: true, mutual: true, at } satisfies FriendshipMessage,
          })
        : this.writer.write({ subject: subjects.social('profile'), id, at, message: profilesOf(lines, at) });
    // It is awaited in its turn; until then a failure must not count as unhandled.
    written.catch(() => undefined);
    return written;
  }
}

interface Group {
  /** First and last input line in it. */
  first: number;
  line: number;
  lines: ImportLine[];
  edges: number;
  profiles: number;
}

/** Up to 500 lines of one kind, in order. Throws at the first line that is wrong, after giving what came before it. */
async function* groups(input: Readable, skip: number): AsyncGenerator<Group> {
  let number = 0;
  let group: Group = { first: 0, line: 0, lines: [], edges: 0, profiles: 0 };
  const lines = input.pipe(split2({ maxLength: LINE_MAX * 4 }));
  input.on('error', (error) => lines.destroy(error));
  try {
    for await (const text of lines as AsyncIterable<string>) {
      number++;
      if (number <= skip || text.trim() === '') continue;
      const parsed = parseImportLine(text);
      if ('fault' in parsed) throw invalidLine(number, parsed.fault);
      if (group.lines.length === BULK_MAX || (group.lines[0] && group.lines[0].t !== parsed.line.t)) {
        yield group;
        group = { first: 0, line: 0, lines: [], edges: 0, profiles: 0 };
      }
      if (group.lines.length === 0) group.first = number;
      group.lines.push(parsed.line);
      group.line = number;
      group[parsed.line.t === 'edge' ? 'edges' : 'profiles']++;
    }
  } catch (error) {
    // What the client still sends is read and dropped: only then does it look at the answer.
    input.unpipe();
    input.resume();
    if (group.lines.length > 0) yield group;
    throw error instanceof Error && error.message === 'maximum buffer reached'
      ? invalidLine(number + 1, `longer than ${LINE_MAX} characters`)
      : error;
  }
  if (group.lines.length > 0) yield group;
}

function profilesOf(lines: readonly ImportLine[], at: number): ProfileMessage {
  const profiles = lines.flatMap((line) => {
    if (line.t !== 'profile') return [];
    const { t: _, ...profile } = line;
    return [profile];
  });
  return { profiles, at };
}

function invalidLine(number: number, message: string): ProblemError {
  return new ProblemError('invalid_body', `Line ${number} is not an edge or a profile; mend it and go on from there.`, {
    errors: [{ at: `line ${number}`, message }],
  });
}

function faultOf(error: unknown, line: number): ImportFault {
  const document =
    error instanceof ProblemError ? error.problem : problem('internal', 'The import broke off; go on from "line".');
  return { ...document, t: 'problem', line };
}

function toLine(answer: ImportResult | ImportProgress | ImportFault): string {
  return `${JSON.stringify(answer)}\n`;
}
