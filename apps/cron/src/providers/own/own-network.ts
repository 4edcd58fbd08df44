import {
  isStatus,
  type Ask,
  type Fault,
  type Observation,
  type Provider,
  type Reply,
  type StopSignal,
} from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import { chunksOf } from '../remote/clumps.js';
import type { Published, StatusReader, Wanted } from './published.js';

interface Clump {
  at: number;
  told: { ok: true; statuses: ReadonlyMap<string, Published> } | { ok: false; fault: Fault };
}

/**
 * What members publish here; the truth itself, so that one look is enough. Asks are joined: a subject that many watch is read
 * once. A read touches every part of the view, so it asks for all that a clump of watchers has.
 */
export class OwnNetwork implements Provider {
  readonly name = 'own';
  readonly batch = 1_000;
  readonly polled = false;
  readonly version = 1;
  calls = 0;

  constructor(
    private readonly reader: StatusReader,
    private readonly clock: Clock,
  ) {}

  async look(asks: readonly Ask[], signal: StopSignal): Promise<Reply[]> {
    const clumps = new Map<string, Clump>();
    for (const wanted of chunksOf(this.batch, wantedBy(asks))) {
      const clump = await this.#read(wanted, signal);
      for (const { subject } of wanted) clumps.set(subject, clump);
    }
    return asks.map((ask) => this.#reply(ask, clumps));
  }

  async #read(wanted: readonly Wanted[], signal: StopSignal): Promise<Clump> {
    const at = this.clock.now();
    const failed = (fault: Fault): Clump => ({ at, told: { ok: false, fault } });
    if (signal.aborted) return failed({ kind: 'soft', reason: 'aborted' });
    this.calls++;
    try {
      const statuses = await untilAborted(this.reader.readStatuses(wanted, signal), signal);
      if (statuses.size > wanted.length) return failed({ kind: 'hard', reason: 'too_many' });
      const subjects = new Set(wanted.map(({ subject }) => subject));
      for (const subject of statuses.keys()) {
        if (!subjects.has(subject)) return failed({ kind: 'hard', reason: 'foreign' });
      }
      return { at, told: { ok: true, statuses } };
    } catch {
      return failed({ kind: 'soft', reason: signal.aborted ? 'aborted' : 'unavailable' });
    }
  }

  #reply({ watcher, subjects }: Ask, clumps: ReadonlyMap<string, Clump>): Reply {
    const seen = new Map<string, Observation>();
    for (const subject of subjects) {
      const { at, told } = clumps.get(subject)!;
      if (!told.ok) return told;
      seen.set(subject, this.#observation(told.statuses.get(subject), { watcher, at }));
    }
    return { ok: true, seen };
  }

  #observation(published: Published | undefined, { watcher, at }: { watcher: string; at: number }): Observation {
    if (!published) return { kind: 'unknown', at };
    if (published.state !== 'published') return { kind: published.state, at };
    const { value, since, quiet, settleMs, shownTo } = published;
    if (!shownTo.has(watcher)) return { kind: 'hidden', at };
    if (!isStatus(value) || !Number.isFinite(since)) return { kind: 'unknown', at };
    const { version } = this;
    const authority = { since };
    // Not spread: that takes ten times as long, and it is done for every pair of every look.
    return settleMs === undefined
      ? { kind: 'value', at, value, version, authority, quiet }
      : { kind: 'value', at, value, version, authority, quiet, settleMs };
  }
}

/** Each subject once, with all who ask about it. */
function wantedBy(asks: readonly Ask[]): Wanted[] {
  const wanted = new Map<string, { subject: string; watchers: string[] }>();
  for (const { watcher, subjects } of asks) {
    for (const subject of subjects) {
      const known = wanted.get(subject);
      if (!known) wanted.set(subject, { subject, watchers: [watcher] });
      // Whoever names a subject twice does so in one ask.
      else if (known.watchers.at(-1) !== watcher) known.watchers.push(watcher);
    }
  }
  return [...wanted.values()];
}

/** Rejects once the signal aborts, whether or not the reader minds it. */
async function untilAborted<T>(work: Promise<T>, signal: StopSignal): Promise<T> {
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('aborted', { cause: signal.reason }));
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}
