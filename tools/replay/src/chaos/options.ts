import { parseArgs } from 'node:util';
import { UsageError } from '../options.js';
import { SYNTHETIC } from '../sources/read-sources.js';

interface Common {
  /** Files of the replay, or made-up ones. */
  graph: string;
  statuses: string;
  clock: string;
  /** Posts a second, on average. */
  rate: number;
  seed: number;
  times: number;
}

export interface KillOptions extends Common {
  t: 'kill';
  viewers: number;
}

export interface DropOptions extends Common {
  t: 'drop';
  clients: number;
  /** Length of a drop, milliseconds. */
  ms: number;
}

export const USAGE = `npm run chaos -- kill [--times 100] [--viewers 300] [--rate 20] [--seed N]
npm run chaos -- drop [--times 8] [--ms 2000] [--clients 2000] [--rate 20] [--seed N]

  kill     of two fan-out nodes one is killed and started again, so many times, while a replay is posted
  drop     the network of all clients breaks down for so long, so many times, while a replay is posted
  --rate   posts a second
  --seed   repeats the plan of an earlier run; it is printed
  --graph, --statuses, --clock   what is posted, as for "npm run replay"; made up without them`;

/** Reads the command line. Throws `UsageError`. `newSeed`: the seed of a run that is given none. */
export function parseChaos(args: readonly string[], newSeed: () => number): KillOptions | DropOptions {
  const { positionals, values } = read(args);
  const [command, ...rest] = positionals;
  if (rest.length > 0 || (command !== 'kill' && command !== 'drop')) {
    throw new UsageError(
      `${command ? `"${positionals.join(' ')}" is neither kill nor drop` : 'Say kill or drop'}\n\n${USAGE}`,
    );
  }
  const number = (name: NumberName, otherwise: number, [least, most]: readonly [number, number]): number => {
    const foreign = command === 'kill' ? DROP_ONLY : KILL_ONLY;
    if (values[name] !== undefined && foreign.includes(name))
      throw new UsageError(`${command} has no --${name}\n\n${USAGE}`);
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, not "${values[name]}"`);
    return value;
  };
  const { graph, statuses, clock } = values;
  const [viewers, clients, ms] = [
    number('viewers', 300, [1, 5_000]),
    number('clients', 2_000, [1, 10_000]),
    number('ms', 2_000, [100, 60_000]),
  ];
  const common = {
    graph,
    statuses,
    clock,
    rate: number('rate', 20, [1, 1_000]),
    seed: number('seed', newSeed(), SEEDS),
  };
  return command === 'kill'
    ? { t: 'kill', ...common, viewers, times: number('times', 100, [1, 10_000]) }
    : { t: 'drop', ...common, clients, ms, times: number('times', 8, [1, 1_000]) };
}

type NumberName = 'times' | 'viewers' | 'rate' | 'seed' | 'clients' | 'ms';
const KILL_ONLY: readonly NumberName[] = ['viewers'];
const DROP_ONLY: readonly NumberName[] = ['clients', 'ms'];
const SEEDS = [0, 0xffff_ffff] as const;

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        graph: { type: 'string', default: SYNTHETIC },
        statuses: { type: 'string', default: SYNTHETIC },
        clock: { type: 'string', default: SYNTHETIC },
        times: { type: 'string' },
        viewers: { type: 'string' },
        clients: { type: 'string' },
        ms: { type: 'string' },
        rate: { type: 'string' },
        seed: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
