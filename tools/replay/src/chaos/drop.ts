import { Crowd } from '../crowd/crowd.js';
import { postPlan } from '../drive/post-plan.js';
import { prepare } from '../drive/prepare.js';
import { Stack } from '../drive/stack.js';
import { Network, type Outage } from '../network/network.js';
import { chooseViewers } from '../plan/choose-viewers.js';
import { randomFrom } from '../sources/random.js';
import { checkLog, readLog } from '../verdict/log-check.js';
import { until } from '../watch/audience.js';
import { Witness } from '../watch/witness.js';
import { percentile, sayDrop, seconds, type Drop } from './catch-up.js';
import { type ChaosRun, type ChaosVerdict, speedFor } from './chaos-run.js';

const EVENT = 'replay';
/** Between everybody's return and the next drop: some backoffs have settled by then, some have not. */
const CALM_MS = [4_000, 14_000] as const;
/** Longest time for everybody to come back; the backoff's longest wait is a third of it. */
const CATCH_UP_MS = 60_000;
/** For everybody to be connected, and for a segment to be missed, before a drop that lacks them is a fault. */
const PATIENCE_MS = 10_000;
/** How long the last items may take to reach everybody. */
const SETTLE_MS = 60_000;

export interface DropRun extends ChaosRun {
  clients: number;
  /** Length of a drop. */
  ms: number;
  /** Bounds of the calm between two drops, milliseconds. */
  calmMs?: readonly [number, number];
}

export interface DropVerdict extends ChaosVerdict {
  drops: Drop[];
  /** Clients that got everything once, in order, without a skip or reset. */
  exactClients: number;
  due: number;
  delivered: number;
}

/** Breaks the network between all clients and the server again and again while a replay is posted. */
export async function drop(options: DropRun): Promise<DropVerdict> {
  const { root, data, segmentMs, clients, say } = options;
  const crowd = new Crowd(clients);
  try {
    say('starting a stack');
    const stack = await Stack.start({ root, data, fanouts: 1, segmentMs });
    try {
      return await behindNetwork({ ...options, stack, crowd });
    } finally {
      await stack.stop();
    }
  } finally {
    await crowd.stop();
  }
}

async function behindNetwork(options: Omit<Scene, 'network' | 'witness'>): Promise<DropVerdict> {
  const fanout = options.stack.addresses.fanouts[0]!;
  const { hostname, port } = new URL(fanout);
  const network = await Network.start([{ host: hostname, port: Number(port) }]);
  const witness = new Witness(fanout, EVENT);
  try {
    return await dropAgain({ ...options, network, witness });
  } finally {
    witness.stop();
    await network.stop();
  }
}

interface Scene extends DropRun {
  stack: Stack;
  network: Network;
  crowd: Crowd;
  /** A client whose network is never cut: it tells what the newest segment is. */
  witness: Witness;
}

async function dropAgain(scene: Scene): Promise<DropVerdict> {
  const { stack, network, crowd, witness, plan, seed, times, rate, clients, say } = scene;
  // A member may watch on several devices.
  const viewers = chooseViewers(plan, clients, seed);
  const tokens = await prepare({ stack, event: EVENT, plan, viewers, say });
  const members = Array.from({ length: clients }, (_, i) => viewers[i % viewers.length]!);
  say(`connecting ${clients} clients`);
  await crowd.join({
    url: network.url,
    event: EVENT,
    members: members.map((id) => ({ id, token: tokens.get(id)! })),
  });
  witness.start();
  const drops: Drop[] = [];
  let over = false;
  const posts = postPlan({
    ingest: stack.addresses.ingest,
    event: EVENT,
    plan,
    speed: speedFor(plan, rate),
    tokenOf: (id) => tokens.get(id)!,
    enough: () => over,
    onProgress: ({ posted }) => scene.show(() => `dropped ${drops.length} of ${times} times  posted ${posted}`),
  });
  const faults = await dropEach(scene, drops).finally(() => (over = true));
  const { accepted, surprises } = await posts;
  const last = Math.max(0, ...accepted.map(({ seq }) => seq));
  if (!(await until(() => witness.seq > last, SETTLE_MS))) faults.push('no segment came after the last post');
  say('judging');
  const report = await crowd.judge({
    plan: { edges: plan.edges, posts: plan.posts },
    accepted,
    end: witness.n,
    settleMs: SETTLE_MS,
  });
  const log = await readLog(stack.addresses.nats, EVENT);
  faults.push(...surprises, ...checkLog(log, accepted), ...report.faults);
  return verdictOf(scene, { drops, faults, report, posted: accepted.length });
}

async function dropEach({ network, crowd, witness, times, ms, ...rest }: Scene, drops: Drop[]): Promise<string[]> {
  const { seed, clients, say, calmMs = CALM_MS } = rest;
  const random = randomFrom(seed);
  const faults: string[] = [];
  for (let i = 0; i < times; i++) {
    const outage: Outage = i % 2 === 0 ? 'refused' : 'silent';
    await pause(calmMs[0] + random() * (calmMs[1] - calmMs[0]));
    await until(() => network.open === clients, PATIENCE_MS);
    await crowd.cut();
    const { waits } = await crowd.arrivals(0);
    const before = witness.n;
    const cut = network.cut(outage);
    await pause(ms);
    // Whoever missed nothing has nothing to catch up with.
    await until(() => witness.n > before, PATIENCE_MS);
    const [newest, back] = [witness.n, Date.now()];
    network.restore();
    if (newest === before) faults.push(`no segment came during drop ${i + 1}: lower --rate, so that posts last`);
    if (cut < clients) faults.push(`drop ${i + 1} cut only ${cut} of ${clients} connections`);
    const { at, missing, waits: after } = await caughtUp(crowd, newest);
    if (missing > 0) faults.push(`${missing} clients had not caught up ${CATCH_UP_MS / 1000} s after drop ${i + 1}`);
    const late = at.map((time) => Math.max(0, time - back));
    const [p50, p99, slowest] = [percentile(late, 0.5), percentile(late, 0.99), percentile(late, 1)];
    drops.push({ outage, cut, p50, p99, slowest, waits: after - waits });
    say(`drop ${i + 1} of ${times}: ${sayDrop(drops.at(-1)!, clients)}`);
  }
  return faults;
}

/** Waits until every client stands at segment `n`, at most for a time. */
async function caughtUp(crowd: Crowd, n: number): ReturnType<Crowd['arrivals']> {
  const end = performance.now() + CATCH_UP_MS;
  for (;;) {
    const arrivals = await crowd.arrivals(n);
    if (arrivals.missing === 0 || performance.now() > end) return arrivals;
    await pause(100);
  }
}

interface Outcome {
  drops: Drop[];
  faults: string[];
  report: Awaited<ReturnType<Crowd['judge']>>;
  posted: number;
}

function verdictOf(scene: Scene, { drops, faults, report, posted }: Outcome): DropVerdict {
  const { clients, ms, seed } = scene;
  const exact = faults.length === 0 && report.exact === clients;
  const share = exact ? '100' : ((100 * report.delivered) / report.due).toFixed(3);
  const worst = (key: 'p50' | 'p99') => seconds(Math.max(...drops.map((one) => one[key])));
  const facts = [
    `${share} % of ${report.due} items delivered`,
    `${report.exact} of ${clients} clients exact`,
    `${posted} posts`,
    `${report.reconnects} sockets came back`,
    `caught up in the worst drop p50 ${worst('p50')}, p99 ${worst('p99')}`,
  ];
  return {
    exact,
    sentence: `${drops.length} drops of ${seconds(ms)} by seed ${seed}: ${facts.join(', ')}${exact ? '' : `; ${faults.length} faults`}`,
    faults,
    drops,
    exactClients: report.exact,
    due: report.due,
    delivered: report.delivered,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
