import { cpuSeconds, residentKb } from '../machine/process-figures.js';
import { queuedBytes, type Queued } from '../machine/kernel-queues.js';
import type { Started } from '../stack/launcher.js';
import type { LatencyReport } from '../swarm/tally.js';
import { percent } from './compare-peers.js';
import { measureInTurns, type InTurns } from './in-turns.js';
import { measure, requireComplete, type Measured } from './measure.js';
import { memorySlope, type Slope } from './memory-slope.js';
import type { PeerFigures } from './peers.js';
import { logFeed, ourTarget, type Scene } from './scene.js';
import type { Since } from '../swarm/time-in-frame.js';

/** What the fan-out app does. */
export interface OurFigures {
  memory: Slope;
  /** Share of a core while all sockets are open and nobody posts. */
  idleShare: number;
  /** At each rate, by turns with the peers that come nearest. */
  inTurns: InTurns;
  /** From the tick to the socket, at the load that the peer held too. */
  latencyAtPeer: LatencyReport;
  /** From publish to the socket, with a status every 1.5 s. */
  quiet: LatencyReport;
  /** At 10 statuses a frame. */
  calm: Measured;
  /** At 140 statuses a frame. */
  busy: Measured;
  slow: SlowFigures;
}

export interface SlowFigures {
  /** Milliseconds, of those that read: while all do, and while some do not; means of the turns. */
  p99Without: number;
  p99: number;
  /** In half the time before, when all read. */
  grownBeforeMb: number;
  grownMb: number;
  /** Bytes that each socket that does not read was owed. */
  owed: number;
  stalled: number;
  /** What the kernel holds once everybody else has everything. */
  kernel: Queued;
}

const QUIET_S = 1.5;

export async function measureOurs(
  scene: Scene,
  { fanout, tokens, peers }: { fanout: Started; tokens: string[]; peers: PeerFigures },
): Promise<OurFigures> {
  const { swarm, sizes, say } = scene;
  const { pid } = fanout;
  const run = async (sockets: number, rate: number, seconds: number, since: Since = 'first'): Promise<Measured> => {
    await swarm.resize(sockets);
    const feed = logFeed(scene);
    const measured = await measure({ scene, pid, feed, rate, seconds, since, wanted: sockets });
    const { cpuS, utilisation } = requireComplete(measured, 'Fan-out');
    const { p50, p99 } = measured.report.latency;
    say(
      `${sockets} sockets, ${Number(rate.toFixed(2))}/s: ${cpuS.toFixed(2)} CPU-s, ${percent(utilisation)}, p50 ${p50} ms, p99 ${p99} ms`,
    );
    return measured;
  };
  say(`fan-out: memory of idle viewers, ${sizes.idleFrom} to ${sizes.sockets} sockets`);
  const memory = await memorySlope(scene, () => residentKb(pid));
  const idleShare = await idleCpu(pid, Math.min(3, sizes.seconds / 2));
  say('fan-out: as long under load as a peer, whose measurement is the last of its search');
  await run(sizes.socketsAt1000, 1000, sizes.peerTries * sizes.peerSeconds);
  say('fan-out: each rate, by turns with the peers that come nearest');
  const inTurns = await measureInTurns(scene, { fanout, tokens, held: peers });
  await swarm.aim(ourTarget(fanout, tokens));
  say('fan-out: a status now and then');
  await swarm.resize(sizes.quietSockets);
  await new Promise((resolve) => setTimeout(resolve, QUIET_S * 1000));
  const quiet = await run(sizes.quietSockets, 1 / QUIET_S, QUIET_S * sizes.quietStatuses, 'second');
  say('fan-out: the load that the peer held');
  const atPeer = await run(peers.socketIoLatency.sockets, 100, sizes.seconds / 2);
  const few = Math.min(100, sizes.slowSockets);
  const seconds = sizes.seconds / 2;
  // The first status has a frame of its own: one frame more than seconds.
  const calm = await run(few, (10 * (seconds + 1)) / seconds, seconds);
  const busy = await run(few, 140, seconds);
  // Uncompressed: so that what is owed is more than the kernel takes.
  await swarm.aim({ ...ourTarget(fanout, tokens), compress: false });
  const slow = await slowClients(scene, fanout, run);
  return {
    memory,
    idleShare,
    inTurns,
    latencyAtPeer: atPeer.report.latency,
    quiet: quiet.report.latency,
    calm,
    busy,
    slow,
  };
}

async function idleCpu(pid: number, seconds: number): Promise<number> {
  const cpu = cpuSeconds(pid);
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return (cpuSeconds(pid) - cpu) / ((performance.now() - start) / 1000);
}

type Run = (sockets: number, rate: number, seconds: number) => Promise<Measured>;

/** With one frame a second the p99 of a run is that of its worst tick. */
const SLOW_SEGMENT_MS = 250;
const SEGMENT_MS = 1_000;

/**
 * The same load again and again; every other time some of the sockets do not read, so that what changes with time cancels.
 * Memory is that of the first two.
 */
async function slowClients(scene: Scene, { pid, port }: Started, run: Run): Promise<SlowFigures> {
  const { stack, swarm, sizes, say } = scene;
  const { slowSockets: wanted, slowRate: rate, slowSeconds: seconds } = sizes;
  say('fan-out: by turns with all sockets reading, and with a tenth that does not');
  await stack.turn('everyone.segment_ms', SLOW_SEGMENT_MS);
  const without: number[] = [];
  const among: number[] = [];
  let first: Omit<SlowFigures, 'p99' | 'p99Without'> | undefined;
  const allRead = async (): Promise<void> =>
    void without.push((await run(wanted, rate, seconds / 2)).report.latency.p99);
  for (let i = 0; i < sizes.slowTurns; i++) {
    const start = residentKb(pid);
    await allRead();
    const middle = residentKb(pid);
    const { stalled } = await swarm.stall({ share: 0.1 });
    const feed = logFeed(scene);
    const during = requireComplete(
      await measure({ scene, pid, feed, rate, seconds, since: 'first', wanted, stalled }),
      'Fan-out with slow sockets',
    );
    among.push(during.report.latency.p99);
    first ??= {
      grownBeforeMb: (middle - start) / 1024,
      grownMb: (residentKb(pid) - middle) / 1024,
      owed: during.report.bytes,
      stalled,
      kernel: queuedBytes(port),
    };
    await swarm.resize(0);
  }
  await allRead();
  await stack.turn('everyone.segment_ms', SEGMENT_MS);
  return { ...first!, p99Without: mean(without), p99: mean(among) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
