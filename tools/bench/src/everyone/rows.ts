import { absent, row, type Row } from '../report/row.js';
import type { BootFigures } from './boot.js';
import { percent, RATES, type PeerFigure, type Rate } from './compare-peers.js';
import type { OurFigures } from './ours.js';
import type { PeerFigures } from './peers.js';
import type { Verification } from './scene.js';

interface AllFigures {
  ours: OurFigures;
  peers: PeerFigures;
  boot: BootFigures;
  verification: Verification;
}

/** The table of `everyone`, from what was measured. */
export function everyoneRows({ ours, peers, boot, verification: { statuses, clients } }: AllFigures): Row[] {
  return [
    ...throughput(ours, peers),
    ...latency(ours, peers),
    ...bytes(ours, peers),
    ...memory(ours, peers),
    row({
      key: 'everyone.boot',
      value: boot.seconds,
      unit: 's',
      note: `from the start of the process until it serves an event with ${boot.statuses} statuses behind it`,
    }),
    row({
      key: 'everyone.verified',
      value: statuses,
      unit: 'statuses',
      note: `read in full by up to ${clients} clients at a time: no gap, none twice, none missing`,
    }),
  ];
}

const PER_CPU = 'statuses/CPU-s';

function throughput({ inTurns, idleShare }: OurFigures, peers: PeerFigures): Row[] {
  const { ours, socketIo, batched, prepared } = inTurns;
  const against = (key: string, rate: Rate, peer: PeerFigure) =>
    row({
      key: `${key}.${rate}`,
      value: ours[rate].perCpu,
      unit: PER_CPU,
      peer: peer.perCpu,
      note: `${ours[rate].sockets} sockets at ${percent(ours[rate].utilisation)}; the peer ${peer.sockets} at ${percent(peer.utilisation)}`,
    });
  return [
    ...RATES.map((rate) => against('everyone.per_cpu', rate, socketIo[rate])),
    ...RATES.map((rate) => against('everyone.per_cpu_ws', rate, peers.ws[rate])),
    ...RATES.map((rate) =>
      peers.nchan
        ? against('everyone.per_cpu_nchan', rate, peers.nchan[rate])
        : absent(`everyone.per_cpu_nchan.${rate}`, PER_CPU, NO_NCHAN),
    ),
    against('everyone.per_cpu_batched', 100, batched),
    against('everyone.per_cpu_deflated', 100, peers.deflated),
    row({ key: 'everyone.frame_cpu', value: ours[10].frameUs, unit: 'µs/frame', peer: prepared.frameUs }),
    row({
      key: 'everyone.idle_cpu',
      value: 100 * idleShare,
      unit: '% of a core',
      note: 'all sockets open, nobody posts: what frame_cpu holds of the rest of the app',
    }),
  ];
}

const NO_NCHAN = 'NOT MEASURED: there is no nginx with nchan on this machine';

function latency({ inTurns, latencyAtPeer, quiet, slow }: OurFigures, { socketIoLatency }: PeerFigures): Row[] {
  const { latency: peer, sockets } = socketIoLatency;
  const { turns, sockets: wanted } = inTurns.ours[100];
  const worst = (of: 'p50' | 'p99'): number => Math.max(...turns.map(({ report }) => report.latency[of]));
  const peerNote = `${wanted} sockets, the worst of ${turns.length} turns; the peer ${sockets}, half of what it holds`;
  const sameNote = `both with ${sockets} sockets and 100 statuses/s`;
  // Clocks have whole milliseconds.
  const p50 = Math.max(1, peer.p50);
  const p99 = Math.max(1, peer.p99);
  return [
    row({ key: 'everyone.latency_p50', value: worst('p50'), unit: 'ms', peer: p50, note: peerNote }),
    row({ key: 'everyone.latency_p99', value: worst('p99'), unit: 'ms', peer: p99, note: peerNote }),
    row({ key: 'everyone.latency_same_p50', value: latencyAtPeer.p50, unit: 'ms', peer: p50, note: sameNote }),
    row({ key: 'everyone.latency_same_p99', value: latencyAtPeer.p99, unit: 'ms', peer: p99, note: sameNote }),
    row({ key: 'everyone.quiet_p99', value: quiet.p99, unit: 'ms' }),
    row({
      key: 'everyone.slow_clients',
      value: Math.max(1, slow.p99) / Math.max(1, slow.p99Without),
      unit: '× p99',
      note: `p99 ${slow.p99.toFixed(0)} ms while ${slow.stalled} sockets owed ${mega(slow.owed)} MB each do not read, ${slow.p99Without.toFixed(0)} ms while all do`,
    }),
    row({
      key: 'everyone.slow_clients_growth',
      value: slow.grownMb,
      unit: 'MB',
      note: `resident memory; it grew by ${slow.grownBeforeMb.toFixed(1)} MB in half the time before`,
    }),
    row({
      key: 'everyone.slow_clients_kernel',
      value: slow.kernel.sending / 1e6 / slow.stalled,
      unit: 'MB/socket',
      note: `in send queues of the app, for each that does not read; ${mega(slow.kernel.received / slow.stalled)} MB more wait on the side of each viewer`,
    }),
  ];
}

function mega(count: number): string {
  return (count / 1e6).toFixed(1);
}

function bytes({ calm, busy }: OurFigures, { deflatedEgress }: PeerFigures): Row[] {
  const share = (key: string, { report }: OurFigures['busy'], peer?: number) =>
    row({
      key,
      value: (100 * report.bytes) / report.singly,
      unit: '% of singly',
      peer,
      note: `${report.bytes} bytes to a viewer in ${report.frames} frames; one frame for each of ${report.statuses} statuses would be ${report.singly}`,
    });
  return [share('everyone.egress.10', calm), share('everyone.egress.140', busy, deflatedEgress)];
}

function memory({ memory: ours }: OurFigures, { wsMemory }: PeerFigures): Row[] {
  const note = `slope from ${ours.from} to ${ours.to} sockets`;
  return [
    row({ key: 'everyone.rss_per_viewer', value: ours.process, unit: 'KB', peer: positive(wsMemory.process), note }),
    row({
      key: 'everyone.rss_per_viewer_kernel',
      value: ours.kernel,
      unit: 'KB',
      peer: positive(wsMemory.kernel),
      note: 'of the kernel, for both ends of the connection, on top of it',
    }),
  ];
}

/** With few sockets the difference drowns in what the process does anyway. */
function positive(value: number): number | undefined {
  return value > 0 ? value : undefined;
}
