import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from './fault.js';

export interface StartOptions {
  /** Port of the page; 0 = any free one. */
  port: number;
  /** Data folder, absolute; undefined = a new one that is thrown away at the end. */
  data: string | undefined;
  /** No synthetic audience. */
  empty: boolean;
  /** Post one status, see it, stop. */
  once: boolean;
  /** Whether missing programs may be installed. */
  install: boolean;
  /** One line of JSON instead of the screen. */
  json: boolean;
  fanouts: number;
  /** Lets tools mint tokens and kill processes. */
  tokenSecret: string | undefined;
}

export const USAGE = `npm start -- [options]
  --port N            port of the page (3000)
  --data DIR          folder of the data (.data)
  --empty             without the synthetic audience
  --once              post one status, see it arrive, stop
  --no-install        do not install anything
  --fanouts N         fan-out nodes (1)
  --json              one line of JSON instead of the screen, for tools
  --token-secret S    with --json: tools may mint tokens and restart processes
  --help`;

const DEFINITION = {
  port: { type: 'string' },
  data: { type: 'string' },
  empty: { type: 'boolean' },
  once: { type: 'boolean' },
  'no-install': { type: 'boolean' },
  json: { type: 'boolean' },
  fanouts: { type: 'string' },
  'token-secret': { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the arguments of `start`; 'help' when that is asked for. Throws `Fault`. */
export function parseStart(
  args: readonly string[],
  { root, cwd }: { root: string; cwd: string },
): StartOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const once = values.once ?? false;
  const secret = values['token-secret'];
  if (secret !== undefined && secret.length < 8) throw new Fault('--token-secret needs at least 8 characters.');
  return {
    port: number(values.port, { name: '--port', low: 0, high: 65_535, otherwise: once ? 0 : 3000 }),
    data: values.data !== undefined ? resolve(cwd, values.data) : once ? undefined : resolve(root, '.data'),
    empty: (values.empty ?? false) || once,
    once,
    install: !values['no-install'],
    json: values.json ?? false,
    fanouts: number(values.fanouts, { name: '--fanouts', low: 1, high: 16, otherwise: 1 }),
    tokenSecret: secret,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: DEFINITION, allowPositionals: false }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new Fault(`${sentence}. \`npm start -- --help\` lists the options.`, { cause: error });
  }
}

interface Range {
  name: string;
  low: number;
  high: number;
  otherwise: number;
}

function number(text: string | undefined, { name, low, high, otherwise }: Range): number {
  if (text === undefined) return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= low && value <= high))
    throw new Fault(`${name} must be a number from ${low} to ${high}, not "${text}".`);
  return value;
}
