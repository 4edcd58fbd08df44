/** Members of our own network who watch each other, in a real view: what the tests of whole processes look at. */
import { ensureStreams, publisher, streamInfo, type Bus } from '@groundswell/bus';
import { envelope, NOTIFY, SOCIAL, subjects } from '@groundswell/contracts';
import { encodePair } from '@groundswell/relations';
import {
  applySlices,
  clearOutbox,
  commitPairs,
  makeDue,
  OWN_NETWORK,
  overdue,
  PARTITIONS,
  privateOps,
  readOutbox,
  socialOps,
  type RoutedOp,
  type Store,
} from '@groundswell/store';
import { LEASE_MS } from '../src/schedule/planner.js';

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const WATCHERS = 500;
const EACH = 10;
const SUBJECTS = 1_000;
const CHANGED = 200;

export const watchers = Array.from({ length: WATCHERS }, (_, i) => `w${i}`);
const subjectsOf = Array.from({ length: SUBJECTS }, (_, i) => `s${i}`);
const changed = subjectsOf.slice(0, CHANGED);
const watching = watchers.flatMap((watcher, i) =>
  Array.from({ length: EACH }, (_, k) => [watcher, subjectsOf[(i * 7 + k * 101) % SUBJECTS]!] as [string, string]),
);
const concerned = new Set(watching.flatMap(([watcher, subject]) => (changed.includes(subject) ? watcher : [])));

/** What all of them are to be told, each once. */
export const EXPECTED = watching
  .flatMap(([watcher, subject]) => (changed.includes(subject) ? `${watcher} ${subject} single engaged` : []))
  .sort();

/** Five hundred watchers of ten friends each; two hundred of these have just become engaged. */
export class Town {
  private readonly ids = new Set<string>();
  private readonly told: string[] = [];
  /** Position of the log before the change. */
  private before = 0;

  private constructor(
    readonly bus: Bus,
    readonly store: Store,
    private readonly created: number,
    private seq: number,
    readonly start: number,
  ) {}

  /** On an empty store. All pairs were looked at an hour ago, and are due five hours from now. */
  static async settle(bus: Bus, store: Store, start: number): Promise<Town> {
    await ensureStreams(bus, [SOCIAL, NOTIFY]);
    const { created } = await streamInfo(bus, SOCIAL.name);
    const town = new Town(bus, store, created, 0, start);
    const at = start - HOUR;
    await town.publish((seq) => [
      ...socialOps({ kind: 'friendship', seq, message: { edges: watching, on: true, mutual: true, at } }),
      ...subjectsOf.flatMap((member) => [
        ...privateOps({ kind: 'consent', seq, member, at, content: { mode: 'mutuals' } }),
        ...relationship({ seq, member, at: at - HOUR, value: 'single' }),
      ]),
      ...watching.flatMap(([member, subject]) =>
        privateOps({ kind: 'watch', seq, member, at, content: { provider: OWN_NETWORK, subject, on: true } }),
      ),
    ]);
    const known = { value: 'single', version: 1, baselineAt: at, reference: 'single', told: 0, changes: 0 } as const;
    const after = encodePair({ state: 'stable', seenAt: at, known });
    await commitPairs(
      store,
      OWN_NETWORK,
      watchers.map((watcher) => ({
        watcher,
        pairs: watching.flatMap(([who, subject]) => (who === watcher ? { subject, before: 'n', after } : [])),
        leasedUntil: at,
        nextAt: start + 5 * HOUR,
        lookedAt: at,
      })),
    );
    return town;
  }

  /** They publish it, and ten minutes later their watchers are due. */
  async change(): Promise<void> {
    this.before = this.seq;
    await this.publish((seq) => this.changes(seq));
    await makeDue(this.store, { check: OWN_NETWORK }, [...concerned], this.start + 10 * MINUTE);
  }

  /** The view is made anew, from how it was before the change. */
  async replay(): Promise<void> {
    await this.apply(this.changes(this.seq), { from: this.before, to: this.seq });
  }

  /** What is in the outbox counts as told and leaves it, as when it has been mailed. */
  async tell(): Promise<number> {
    const outboxes = await readOutbox(this.store, watchers);
    outboxes.forEach((notices, i) => {
      for (const { id, json } of notices) {
        const { subject, from, to } = JSON.parse(json) as Record<'subject' | 'from' | 'to', string>;
        this.ids.add(id);
        this.told.push(`${watchers[i]} ${subject} ${from} ${to}`);
      }
    });
    await clearOutbox(
      this.store,
      outboxes.flatMap((notices, i) =>
        notices.length > 0 ? { watcher: watchers[i]!, ids: notices.map(({ id }) => id), letterAt: 0 } : [],
      ),
    );
    return outboxes.flat().length;
  }

  /** All that was told, repeats and all; and how many notices that was by their ids. */
  get heard(): { told: string[]; ids: number } {
    return { told: this.told.toSorted(), ids: this.ids.size };
  }

  /** Nobody is due at a time, and nobody is leased, by a process whose clock is ahead either. */
  async isCalm(now: number): Promise<boolean> {
    return (await overdue(this.store, { check: OWN_NETWORK }, now + 2 * LEASE_MS)).count === 0;
  }

  /** A message of the log, and what it changes. */
  private async publish(opsOf: (seq: number) => RoutedOp[]): Promise<void> {
    const message = { profiles: [] };
    const id = `town-${this.start}-${this.seq}`;
    const { seq } = await publisher(this.bus).publish(
      envelope({ subject: subjects.social('profile'), id, source: '/test', at: this.start, message }),
    );
    await this.apply(opsOf(seq), { from: this.seq, to: seq });
    this.seq = seq;
  }

  private changes(seq: number): RoutedOp[] {
    return changed.flatMap((member) => relationship({ seq, member, at: this.start, value: 'engaged' }));
  }

  private async apply(ops: readonly RoutedOp[], { from, to }: { from: number; to: number }): Promise<void> {
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from,
      to,
      ops: ops.flatMap((routed) => (routed.partition === partition ? [routed.op] : [])),
    }));
    await applySlices(this.store, { log: 'SOCIAL', created: this.created, slices });
  }
}

interface Publication {
  seq: number;
  member: string;
  at: number;
  value: string;
}

function relationship({ seq, member, at, value }: Publication): RoutedOp[] {
  const content = { value, visibility: 'friends', quiet: false } as const;
  return privateOps({ kind: 'relationship', seq, member, at, content });
}
