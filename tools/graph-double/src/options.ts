import { parseArgs } from 'node:util';

export interface Options {
  /** 0 = any free port. */
  port: number;
  seed: number;
  /** A folder of waves. */
  waves: string | undefined;
}

export const USAGE = `node tools/graph-double/dist/main.js [options]
  --port PORT      where it listens, on this machine; 0 = any free port; 3100
  --seed NUMBER    the same seed has the same faults; 1
  --waves FOLDER   serves the friendship matrices *-1.dat, *-2.dat … of a folder
  --help`;

/** The arguments make no sense; the message says which would. */
export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
  readonly code = 'options_invalid';
}

/** Reads the arguments; 'help' when that is asked for. Throws `OptionsInvalid`. */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  return {
    port: wholeIn(values.port, { name: '--port', most: 65_535 }),
    seed: wholeIn(values.seed, { name: '--seed', most: 0xffff_ffff }),
    waves: values.waves,
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '3100' },
        seed: { type: 'string', default: '1' },
        waves: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (cause) {
    throw new OptionsInvalid(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}

function wholeIn(text: string, { name, most }: { name: string; most: number }): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Infinity;
  if (number > most) throw new OptionsInvalid(`${name} is a whole number, 0 to ${most}, not "${text}".`);
  return number;
}
