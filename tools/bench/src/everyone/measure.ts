import { cpuSeconds } from '../machine/process-figures.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import { IdDigest } from '../statuses/digest.js';
import { steadily } from '../statuses/steadily.js';
import type { Try } from '../closed-loop.js';
import type { SwarmReport } from '../swarm/messages.js';
import type { Since } from '../swarm/time-in-frame.js';
import type { Feed } from './feed.js';
import type { Scene } from './scene.js';

export interface MeasureOptions {
  scene: Pick<Scene, 'swarm' | 'disturbance' | 'verification'>;
  /** Process of the server. */
  pid: number;
  feed: Feed;
  rate: number;
  seconds: number;
  since: Since;
  /** Sockets that were asked for: those that failed count as well. */
  wanted: number;
  /** Sockets that do not read; default none. */
  stalled?: number;
}

export interface Measured extends Try {
  /** Statuses times sockets, of the sockets that got everything. */
  delivered: number;
  sent: number;
  wanted: number;
  cpuS: number;
  seconds: number;
  report: SwarmReport;
}

const SETTLE_MS = 6_000;

/** Feeds statuses at a rate and waits until the viewers have them; CPU counts from the first to the last. */
export async function measure(options: MeasureOptions): Promise<Measured> {
  const { scene, pid, feed, rate, seconds, since, wanted, stalled = 0 } = options;
  const { swarm, disturbance, verification } = scene;
  await swarm.begin({ since });
  const digest = new IdDigest();
  const watched = disturbance.watch(pid);
  const cpu = cpuSeconds(pid);
  const start = performance.now();
  await steadily({ rate, seconds, send: () => digest.add(feed.status()) });
  await feed.flushed();
  const report = await swarm.settled(
    ({ seen, complete, readers, verified, verifiers }) =>
      seen === digest.count && complete === readers && verified === verifiers,
    SETTLE_MS,
  );
  const took = (performance.now() - start) / 1000;
  const cpuS = cpuSeconds(pid) - cpu;
  watched();
  if (report.faults.length > 0) throw new MeasurementInvalid(`A verifying client saw: ${report.faults.join('; ')}.`);
  if (report.verifiers === 0) throw new MeasurementInvalid('No client verified what it got.');
  verification.statuses += report.verified * report.statuses;
  verification.clients = Math.max(verification.clients, report.verified);
  // What a cap cut is said in `seen`; then the ids cannot be compared.
  const same = report.statuses < report.seen || report.digest === digest.value;
  const complete = same && report.seen === digest.count && report.complete === wanted - stalled;
  return {
    complete: complete && report.lost === 0,
    utilisation: cpuS / took,
    delivered: report.complete * report.statuses,
    sent: digest.count,
    wanted,
    cpuS,
    seconds: took,
    report,
  };
}

/** Throws unless everything arrived; `who` for the sentence. */
export function requireComplete(measured: Measured, who: string): Measured {
  const { report, sent, wanted, complete } = measured;
  if (complete) return measured;
  const because = report.lostBecause ? `, the first because ${report.lostBecause}` : '';
  throw new MeasurementInvalid(
    `${who} did not deliver everything: ${report.complete} of ${wanted} sockets (${report.failed} failed to open, ` +
      `${report.lost} were lost${because}) got all of ${report.seen} out of ${sent} statuses.`,
  );
}

export function perCpuSecond({ delivered, cpuS }: Measured): number {
  return delivered / cpuS;
}
