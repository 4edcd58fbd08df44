import { connectBus, ensureBuckets, leverHistory, openBucket, openLeverBoard, turnLever } from '@groundswell/bus';
import type { Bus, LeverBoard } from '@groundswell/bus';
import { EVENTS_BUCKET, LEVERS_BUCKET } from '@groundswell/contracts';
import { LEVERS, parseLever, recordKey, requireLever, WHO_MAX_CHARS, type LeverStanding } from '@groundswell/levers';
import { userInfo } from 'node:os';
import { findNats, type Place } from './find-nats.js';
import { parseOptions, USAGE, type Command, type Options } from './options.js';
import { details, done, listing, past } from './show.js';
import { UsageError } from './usage-error.js';

const CONNECT_MS = 3_000;
const READ_MS = 5_000;

export interface Surroundings extends Pick<Place, 'env' | 'cwd' | 'root'> {
  now: () => number;
}

/** Carries out a command line and gives what is to be printed. Rejects with an error whose message is for people. */
export async function run(args: readonly string[], { now, ...place }: Surroundings): Promise<string> {
  const options = parseOptions(args, now());
  if (options === 'help') return USAGE;
  check(options);
  const servers = await findNats({ ...place, nats: options.nats, data: options.data });
  const bus = await connectBus({ servers, name: 'levers', deadlineMs: CONNECT_MS });
  try {
    await ensureBucket(bus);
    const board = await openLeverBoard({ bus, clock: { now }, waitMs: READ_MS });
    try {
      if (board.source !== 'bucket') throw new UsageError(`The levers at ${servers.join()} did not answer within 5 s.`);
      return await perform(options, { bus, board, now });
    } finally {
      await board.stop();
    }
  } finally {
    await bus.close();
  }
}

/** Whatever can be wrong without looking at a server. */
function check({ command, event }: Options): void {
  if (command.name === 'list') {
    // Any lever will do: it is the event that is checked.
    recordKey(event, LEVERS[0]!.key);
    if (!LEVERS.some(({ key }) => key.startsWith(command.family))) requireLever(command.family);
    return;
  }
  recordKey(event, command.lever);
  if (command.name === 'set') parseLever(command.lever, command.value);
}

/** Apps make the bucket, with as many replicas as they are told to; without one of them it is made here. */
async function ensureBucket(bus: Bus): Promise<void> {
  try {
    await openBucket(bus, LEVERS_BUCKET).get(recordKey(undefined, LEVERS[0]!.key));
  } catch (error) {
    if ((error as Error).name !== 'StreamMissing') throw error;
    await ensureBuckets(bus, [LEVERS_BUCKET]);
  }
}

interface Means {
  bus: Bus;
  board: LeverBoard;
  now: () => number;
}

async function perform(options: Options, means: Means): Promise<string> {
  const { command, event } = options;
  const { board, bus } = means;
  switch (command.name) {
    case 'list': {
      const wanted = board.explain(event).filter(({ lever }) => lever.key.startsWith(command.family));
      const others = board.events.filter((one) => one !== event);
      const more = others.length === 0 ? '' : `\n\nEvents with values of their own: ${others.toSorted().join(', ')}`;
      return listing(wanted) + more;
    }
    case 'get':
      return details(standing(board, command.lever, event), event);
    case 'history': {
      const history = await leverHistory(bus, { scope: event, key: requireLever(command.lever).key });
      return history.length === 0 ? `Nobody has turned ${command.lever} ${whereOf(event)}.` : past(history);
    }
    case 'set':
    case 'clear':
      return turn(command, options, means);
  }
}

type Turning = Extract<Command, { name: 'set' | 'clear' }>;

async function turn(command: Turning, { event, who, why }: Options, { bus, board, now }: Means): Promise<string> {
  const { key } = requireLever(command.lever);
  const was = standing(board, key, event);
  const wish =
    command.name === 'set' ? { value: parseLever(key, command.value), until: command.until } : { value: null };
  const at = now();
  const { record, revision } = await turnLever(bus, { scope: event, key }, { ...wish, who: who ?? login(), why, at });
  await seen(board, revision, event);
  const sentence = done(standing(board, key, event), was, record);
  if (event === undefined || (await exists(bus, event))) return sentence;
  return `${sentence}\nThere is no event "${event}" yet; if there should be, look at how it is written.`;
}

/** Resolves when the board has what was just stored; it is read back, not assumed. */
async function seen(board: LeverBoard, revision: number, event: string | undefined): Promise<void> {
  const deadline = performance.now() + READ_MS;
  while (board.of(event).rev < revision) {
    if (performance.now() > deadline) throw new UsageError('It is stored, and could not be read back within 5 s.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function standing(board: LeverBoard, lever: string, event: string | undefined): LeverStanding {
  return board.explain(event).find((one) => one.lever.key === lever)!;
}

/** Whether there ever was such an event; taken as yes where no app has run yet. */
async function exists(bus: Bus, event: string): Promise<boolean> {
  try {
    return (await openBucket(bus, EVENTS_BUCKET).get(event)) !== undefined;
  } catch (error) {
    if ((error as Error).name === 'StreamMissing') return true;
    throw error;
  }
}

function whereOf(event: string | undefined): string {
  return event === undefined ? 'for all events' : `for the event ${event}`;
}

function login(): string {
  try {
    return userInfo().username.slice(0, WHO_MAX_CHARS);
  } catch {
    return '';
  }
}
