import { parseArgs } from 'node:util';

export const EDGES = ['nginx', 'varnish'] as const;
export type EdgeName = (typeof EDGES)[number];

export interface Options {
  edge: EdgeName;
  /** Ports on loopback: of what it stands before, and its own. */
  origin: number;
  port: number;
}

export const USAGE = `node tools/edge/dist/main.js nginx|varnish [options]
  --origin PORT   what it stands before, on this machine; 3000
  --port PORT     where it listens, on this machine; 8080
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
  const [edge, ...more] = positionals;
  if (!isEdge(edge)) {
    throw new OptionsInvalid(`${edge === undefined ? 'Name a cache' : `There is no cache "${edge}"`}.\n${USAGE}`);
  }
  if (more.length > 0) throw new OptionsInvalid(`One cache at a time: leave out "${more.join(' ')}".\n${USAGE}`);
  return { edge, origin: portIn(values.origin, '--origin'), port: portIn(values.port, '--port') };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        origin: { type: 'string', default: '3000' },
        port: { type: 'string', default: '8080' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new OptionsInvalid(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}

function portIn(text: string, name: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new OptionsInvalid(`${name} is a port, 1 to 65535, not "${text}".`);
  return port;
}

function isEdge(name: string | undefined): name is EdgeName {
  return EDGES.includes(name as EdgeName);
}
