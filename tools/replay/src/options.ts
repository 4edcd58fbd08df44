import { parseArgs } from 'node:util';
import { DISTURBANCES } from './disturb/disturbances.js';
import { SYNTHETIC } from './sources/read-sources.js';

export interface ReplayOptions {
  graph: string;
  statuses: string;
  clock: string;
  speed: number;
  viewers: number;
  limit: number;
  fanouts: number;
  segmentMs: number;
  seed: number;
  disturb: string[];
  /** Changes of the graph during the run. */
  changes: number;
  /** Share of the statuses that are for friends only. */
  friendsOnly: number;
  json: boolean;
}

export const USAGE = `npm run replay -- --graph FILE --statuses FILE --clock FILE [--speed 1] [--viewers 300]
                  [--limit N] [--fanouts 1] [--segment-ms 1000] [--seed 1] [--disturb NAME,…]
                  [--changes 0] [--friends-only 0] [--json]

  --graph     edge list, two ids a line, or "${SYNTHETIC}"
  --statuses  .tar.gz of a chat log or of tweets, or "${SYNTHETIC}"
  --clock     file of ids that hold their time, or "${SYNTHETIC}"
  --speed     how many times faster than the clock
  --disturb   ${Object.keys(DISTURBANCES).join(', ')}
  --changes   friendships, blocks and mutes that are made and undone during the run
  --friends-only  share of the statuses that are for friends only, 0 to 1`;

/** The command line is not right; the message says what and how it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type NumberName = 'speed' | 'viewers' | 'limit' | 'fanouts' | 'segment-ms' | 'seed' | 'changes' | 'friends-only';

export function parseOptions(args: readonly string[]): ReplayOptions {
  const values = read(args);
  const number = (name: NumberName, least: number): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < least)
      throw new UsageError(`--${name} must be a number of at least ${least}`);
    return value;
  };
  const file = (name: 'graph' | 'statuses' | 'clock'): string => {
    const value = values[name];
    if (!value) throw new UsageError(`--${name} is missing\n\n${USAGE}`);
    return value;
  };
  const friendsOnly = number('friends-only', 0);
  if (friendsOnly > 1) throw new UsageError('--friends-only must be a share between 0 and 1');
  const disturb = (values.disturb ?? '').split(',').filter(Boolean);
  const unknown = disturb.find((name) => !Object.hasOwn(DISTURBANCES, name));
  if (unknown) throw new UsageError(`--disturb knows ${Object.keys(DISTURBANCES).join(', ')}; not "${unknown}"`);
  return {
    graph: file('graph'),
    statuses: file('statuses'),
    clock: file('clock'),
    speed: number('speed', 0.01),
    viewers: number('viewers', 1),
    limit: number('limit', 1),
    fanouts: number('fanouts', 1),
    segmentMs: number('segment-ms', 250),
    seed: number('seed', 0),
    disturb,
    changes: Math.floor(number('changes', 0)),
    friendsOnly,
    json: values.json,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        graph: { type: 'string' },
        statuses: { type: 'string' },
        clock: { type: 'string' },
        speed: { type: 'string', default: '1' },
        viewers: { type: 'string', default: '300' },
        limit: { type: 'string', default: '1000000' },
        fanouts: { type: 'string', default: '1' },
        'segment-ms': { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        disturb: { type: 'string' },
        changes: { type: 'string', default: '0' },
        'friends-only': { type: 'string', default: '0' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}
