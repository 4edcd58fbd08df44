import { existsSync, readFileSync } from 'node:fs';
import { edge } from './edge/edge.js';
import { EDGE_SIZES } from './edge/sizes.js';
import { everyone } from './everyone/everyone.js';
import { SIZES } from './everyone/sizes.js';
import { friends } from './friends/friends.js';
import { openGraph } from './friends/graph.js';
import { FRIENDS_SIZES } from './friends/sizes.js';
import { ingest } from './ingest/ingest.js';
import { INGEST_SIZES } from './ingest/sizes.js';
import { chooseCores, moveToLoadCore, type Cores } from './machine/cores.js';
import { Disturbance, DISTURBED } from './machine/disturbance.js';
import { describeMachine, type Machine } from './machine/machine.js';
import { MeasurementInvalid } from './measurement-invalid.js';
import type { BenchName, Scale } from './options.js';
import { round, type Row } from './report/row.js';
import { notifier } from './notifier/notifier.js';
import { NOTIFIER_SIZES } from './notifier/sizes.js';
import { polls } from './polls/polls.js';
import { POLLS_SIZES } from './polls/sizes.js';
import { Launcher } from './stack/launcher.js';
import { Stack } from './stack/stack.js';
import { openTexts } from './statuses/texts.js';
import { Swarm } from './swarm/swarm.js';

export interface RunOptions {
  bench: BenchName;
  scale: Scale;
  /** Folder of real input; undefined: made-up texts. */
  data: string | undefined;
  say: (line: string) => void;
  /** Gives the run up. */
  signal: AbortSignal;
}

/** Runs a benchmark with everything that it needs; nothing is left running afterwards, however it ended. */
export async function run({ bench, scale, data, say, signal }: RunOptions): Promise<{ rows: Row[]; machine: Machine }> {
  if (!existsSync('/proc/self/stat')) throw new MeasurementInvalid('CPU time is read from /proc: run this on Linux.');
  const cores = coresHere();
  const machine = describeMachine(cores);
  if (cores) await moveToLoadCore(cores);
  else say('ONE CORE ONLY: server and load share it, so nothing is pinned and the figures are worth little.');
  const texts = openTexts(data);
  say(`texts: ${texts.source}`);
  const launcher = new Launcher(cores, say);
  const disturbance = new Disturbance(cores?.server);
  let stack: Stack | undefined;
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  const work = async (): Promise<Row[]> => {
    stack = await Stack.start(launcher);
    if (bench === 'ingest') return ingest({ launcher, stack, sizes: INGEST_SIZES[scale], disturbance, say });
    if (bench === 'edge') return edge({ launcher, stack, texts, sizes: EDGE_SIZES[scale], cores, say });
    if (bench === 'polls') return polls({ stack, texts, sizes: POLLS_SIZES[scale], say });
    if (bench === 'notifier') return notifier({ stack, sizes: NOTIFIER_SIZES[scale], say });
    const swarm = await Swarm.start(launcher);
    if (bench === 'friends') {
      const sizes = FRIENDS_SIZES[scale];
      const graph = openGraph(data, { members: sizes.sockets, hubFriends: sizes.hubFriends });
      return friends({ stack, swarm, texts, graph, sizes, say });
    }
    return everyone({
      launcher,
      stack,
      swarm,
      texts,
      sizes: SIZES[scale],
      disturbance,
      verification: { statuses: 0, clients: 0 },
      say,
    });
  };
  const working = work();
  try {
    const rows = await Promise.race([working, stopped]);
    const others = disturbance.share;
    if (others === undefined) return { rows, machine };
    if (others > DISTURBED) say(`OTHERS TOOK ${Math.round(others * 100)} % OF THE SERVER'S CORE: expect odd figures.`);
    return { rows, machine: { ...machine, others: round(others) } };
  } finally {
    await stack?.close();
    await launcher.stopAll();
    // What was interrupted ends with the processes that it waited for.
    await working.catch(() => undefined);
    await stack?.remove();
  }
}

function coresHere(): Cores | undefined {
  const status = readFileSync('/proc/self/status', 'utf8');
  return chooseCores(/^Cpus_allowed_list:\s+(\S+)/m.exec(status)?.[1] ?? '0');
}
