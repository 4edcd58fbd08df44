import { HeadTexts } from './client-frames.js';
import { dialect } from './dialects.js';
import {
  SOCKETS_PER_PROCESS,
  VERIFY_ONE_IN,
  type BeginOrder,
  type OpenOrder,
  type OpenReport,
  type StallOrder,
  type SwarmReport,
} from './messages.js';
import { SwarmClient } from './swarm-client.js';
import { Latencies } from './tally.js';
import type { Since } from './time-in-frame.js';

/** Handshakes under way at a time. */
const AT_ONCE = 64;
const OPEN_TIMEOUT_MS = 15_000;

/** The clients of one process. */
export class Crowd {
  private clients: SwarmClient[] = [];
  private failed = 0;
  private lost = 0;
  private lostBecause: string | undefined;
  private since: Since = 'nothing';
  private readonly latencies = new Latencies();
  private readonly heads = new HeadTexts();

  /** Opens or closes sockets until there are as many as ordered. */
  async resize(order: OpenOrder): Promise<OpenReport> {
    if (order.sockets > SOCKETS_PER_PROCESS) {
      throw new RangeError(`a process opens at most ${SOCKETS_PER_PROCESS} sockets, ${order.sockets} were ordered`);
    }
    for (const client of this.clients.splice(order.sockets)) client.close();
    if (this.clients.length === 0) this.forget();
    const spoken = dialect(order.dialect, order.event);
    let next = this.clients.length;
    const opened: { index: number; client: SwarmClient }[] = [];
    const opener = async (): Promise<void> => {
      while (next < order.sockets) {
        const index = next++;
        const client = new SwarmClient({
          host: order.host,
          port: order.port,
          dialect: spoken,
          token: order.tokens[index],
          verifies: index % VERIFY_ONE_IN === 0,
          compress: order.compress,
          heads: this.heads,
          latencies: this.latencies,
          since: () => this.since,
          onLost: (reason) => {
            this.lost++;
            this.lostBecause ??= reason;
          },
        });
        if (await client.open(OPEN_TIMEOUT_MS)) opened.push({ index, client });
        else this.failed++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, opener));
    // In their order, and not in that of their handshakes: the last to be closed again is one that verifies.
    opened.sort((a, b) => a.index - b.index);
    this.clients.push(...opened.map(({ client }) => client));
    return { open: this.clients.length, failed: this.failed };
  }

  begin({ since }: BeginOrder): void {
    this.since = since;
    this.latencies.begin();
    for (const client of this.clients) client.begin();
  }

  stall({ share }: StallOrder): { stalled: number } {
    const counting = this.clients.filter(({ tally }) => !tally.verified);
    const chosen = counting.slice(0, Math.round(this.clients.length * share));
    for (const client of chosen) client.stall();
    return { stalled: chosen.length };
  }

  report(): SwarmReport {
    const readers = this.clients.filter(({ stalled, ready }) => ready && !stalled);
    const verifying = readers.flatMap(({ tally }) => (tally.verified ? [{ tally, by: tally.verified }] : []));
    const first = verifying[0];
    const complete = readers.filter(
      ({ tally }) => first && tally.frames === first.tally.frames && tally.bytes === first.tally.bytes,
    ).length;
    return {
      open: this.clients.filter(({ ready }) => ready).length,
      failed: this.failed,
      lost: this.lost,
      lostBecause: this.lostBecause,
      complete,
      readers: readers.length,
      frames: first?.tally.frames ?? 0,
      bytes: first?.tally.bytes ?? 0,
      statuses: first?.by.digest.count ?? 0,
      seen: first?.by.seen ?? 0,
      digest: first?.by.digest.value ?? '',
      singly: first?.by.singly ?? 0,
      verified: verifying.filter(({ by }) => by.digest.value === first?.by.digest.value).length,
      verifiers: verifying.length,
      faults: verifying.flatMap(({ by }) => by.faults).slice(0, 10),
      latency: this.latencies.report,
    };
  }

  private forget(): void {
    this.failed = 0;
    this.lost = 0;
    this.lostBecause = undefined;
  }
}
