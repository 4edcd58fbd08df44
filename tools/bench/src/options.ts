import { parseArgs } from 'node:util';

export const BENCHES = ['everyone', 'friends', 'ingest', 'edge', 'polls', 'notifier'] as const;
export type BenchName = (typeof BENCHES)[number];

/** `miniature` proves form and plumbing in seconds; its figures mean nothing. */
export type Scale = 'full' | 'quick' | 'miniature';

export interface Options {
  bench: BenchName;
  scale: Scale;
  /** Print the JSON line only. */
  json: boolean;
}

export const USAGE = `npm run bench -- everyone|friends|ingest|edge|polls|notifier [options]
  --quick       a smaller run, under a minute, with the same keys
  --json        print only the line of JSON
  --miniature   seconds only, for tests: the figures mean nothing
  --help`;

/** The arguments make no sense; the message says which would. */
export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
  readonly code = 'options_invalid';
}

/** Reads the arguments; 'help' when that is asked for. Throws `OptionsInvalid`. */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [bench, ...more] = positionals;
  if (!isBench(bench)) {
    throw new OptionsInvalid(
      `${bench === undefined ? 'Name a benchmark' : `There is no benchmark "${bench}"`}.\n${USAGE}`,
    );
  }
  if (more.length > 0) throw new OptionsInvalid(`One benchmark at a time: leave out "${more.join(' ')}".\n${USAGE}`);
  if (values.quick && values.miniature) throw new OptionsInvalid('Choose one of --quick and --miniature.');
  const scale = values.quick ? 'quick' : values.miniature ? 'miniature' : 'full';
  return { bench, scale, json: values.json ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        miniature: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new OptionsInvalid(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}

function isBench(name: string | undefined): name is BenchName {
  return BENCHES.includes(name as BenchName);
}
