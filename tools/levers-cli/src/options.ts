import { parseArgs } from 'node:util';
import { parseUntil } from './until.js';
import { UsageError } from './usage-error.js';

export const USAGE = `npm run levers -- COMMAND [options]
  list [FAMILY]      every lever, or those of a family: its value, and who set it
  get LEVER          one lever, with what it trades
  set LEVER VALUE    turn it
  clear LEVER        take back what was set: the default counts, or for an event what all have
  history LEVER      who turned it, when and why

  --event E          for one event, instead of for all
  --until TIME       with set: for a time only, then back; 21:30, or 2027-01-31T21:30
  --why TEXT         for the record
  --who NAME         for the record (your login)
  --nats URL         where (NATS_URL, else that of the running \`npm start\`)
  --data DIR         data folder of that \`npm start\` (.data)`;

/** What is wanted; each command with its own fields. */
export type Command =
  | { name: 'list'; family: string }
  | { name: 'get' | 'history'; lever: string }
  | { name: 'set'; lever: string; value: string; until: number | undefined }
  | { name: 'clear'; lever: string };

export interface Options {
  command: Command;
  event: string | undefined;
  why: string;
  who: string | undefined;
  nats: string | undefined;
  data: string | undefined;
}

const WORDS: Readonly<Record<Command['name'], readonly string[]>> = {
  list: [],
  get: ['LEVER'],
  set: ['LEVER', 'VALUE'],
  clear: ['LEVER'],
  history: ['LEVER'],
};

/** Reads the arguments; 'help' when that is asked for. Throws `UsageError`. */
export function parseOptions(args: readonly string[], now: number): Options | 'help' {
  const { values, positionals } = parse(args);
  const [name, ...words] = positionals;
  if (values.help || name === 'help') return 'help';
  const command = commandOf(name, words);
  const { event, why = '', who, nats, data, until } = values;
  if (until !== undefined) {
    if (command.name !== 'set') throw new UsageError(`--until goes with set, not with ${command.name}.`);
    command.until = parseUntil(until, now);
  }
  return { command, event, why, who, nats, data };
}

function commandOf(name: string | undefined, words: readonly string[]): Command {
  const known = isCommand(name) ? WORDS[name] : undefined;
  if (!isCommand(name) || !known) {
    const what = name === undefined ? 'Say what to do' : `"${name}" is no command`;
    throw new UsageError(`${what}: ${Object.keys(WORDS).join(', ')}; \`npm run levers -- --help\` tells more.`);
  }
  const most = name === 'list' ? 1 : known.length;
  if (words.length < known.length || words.length > most) {
    const wanted = ['npm run levers --', name, ...(name === 'list' ? ['[FAMILY]'] : known)].join(' ');
    throw new UsageError(`It goes: ${wanted}; put a text of several words in quotes.`);
  }
  const [lever = '', value = ''] = words;
  switch (name) {
    case 'list':
      return { name, family: lever };
    case 'set':
      return { name, lever, value, until: undefined };
    case 'get':
    case 'clear':
    case 'history':
      return { name, lever };
  }
}

function isCommand(name: string | undefined): name is Command['name'] {
  return name !== undefined && Object.hasOwn(WORDS, name);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // A negative number is a value, not an option.
      args: args.map((arg) => (/^-\.?\d/.test(arg) ? ` ${arg}` : arg)),
      options: {
        event: { type: 'string' },
        until: { type: 'string' },
        why: { type: 'string' },
        who: { type: 'string' },
        nats: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence}; \`npm run levers -- --help\` lists the options.`, { cause: error });
  }
}
