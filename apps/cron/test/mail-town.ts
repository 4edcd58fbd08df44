/** Members who watch each other and are written to, in a real view: what the tests of letters of whole processes look at. */
import { ensureBuckets, ensureStreams, openBucket, publisher, streamInfo, type Bus } from '@groundswell/bus';
import {
  envelope,
  KEYS_BUCKET,
  LETTERS_BUCKET,
  MAILED_BUCKET,
  NOTIFY,
  SOCIAL,
  subjects,
  type PrivateContent,
} from '@groundswell/contracts';
import { encodePair } from '@groundswell/relations';
import { USUAL_LETTERS, type RelationshipStatus } from '@groundswell/protocol';
import {
  applySlices,
  commitPairs,
  makeDue,
  OWN_NETWORK,
  PARTITIONS,
  privateOps,
  socialOps,
  type RoutedOp,
  type Store,
} from '@groundswell/store';
import { MailLedgers } from '../src/mail/ledger.js';
import type { Delivered } from './mail-post-office.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WATCHERS = 60;
const EACH = 6;
const SUBJECTS = 60;
const CHANGED = 25;

const SAYS = /^- (\S+) is now (\w+)\. Before: (\w+)\./gm;
const NAMES = /\?notice=(\S+)/g;

/** What letters say; sorted. */
export interface Heard {
  /** `<watcher> <subject> <from> <to>`, once for each letter in which it stands. */
  told: string[];
  /** How many notices these were, by their ids. */
  ids: number;
  /** `<address> <Message-ID>` of letters of which there was more than one. */
  twice: string[];
}

/**
 * Sixty watchers of six friends each; 25 of these become engaged. A third of the watchers wants letters once a day, at nine;
 * some want none, some have not confirmed where to.
 */
export class MailTown {
  readonly watchers: readonly string[];
  readonly watched: readonly string[];
  private readonly watching: readonly [string, string][];
  /** What the view is made of. */
  private readonly log: { from: number; to: number; ops: RoutedOp[] }[] = [];

  private constructor(
    readonly bus: Bus,
    readonly store: Store,
    private readonly created: number,
    readonly start: number,
  ) {
    // Ledgers outlive the town of a test.
    const day = Math.floor(start / (24 * HOUR));
    this.watchers = Array.from({ length: WATCHERS }, (_, i) => `w${i}-${day}`);
    this.watched = Array.from({ length: SUBJECTS }, (_, i) => `s${i}-${day}`);
    this.watching = this.watchers.flatMap((watcher, i) =>
      Array.from({ length: EACH }, (__, k): [string, string] => [watcher, this.watched[(i * 7 + k * 11) % SUBJECTS]!]),
    );
  }

  /** On an empty store. All pairs were looked at an hour ago, and are due five hours from now. */
  static async settle(bus: Bus, store: Store, start: number): Promise<MailTown> {
    await ensureStreams(bus, [SOCIAL, NOTIFY]);
    await ensureBuckets(bus, [KEYS_BUCKET, MAILED_BUCKET, LETTERS_BUCKET]);
    const { created } = await streamInfo(bus, SOCIAL.name);
    const town = new MailTown(bus, store, created, start);
    await town.publish((seq) => town.beginning(seq));
    const at = start - HOUR;
    const known = { value: 'single', version: 1, baselineAt: at, reference: 'single', told: 0, changes: 0 } as const;
    const after = encodePair({ state: 'stable', seenAt: at, known });
    const commits = town.watchers.map((watcher) => ({
      watcher,
      pairs: town.watching.flatMap(([who, subject]) => (who === watcher ? { subject, before: 'n', after } : [])),
      leasedUntil: at,
      nextAt: start + 5 * HOUR,
      lookedAt: at,
    }));
    await commitPairs(store, OWN_NETWORK, commits);
    return town;
  }

  /** They publish it, and their watchers are due at a time. */
  async change(dueAt: number, from: RelationshipStatus = 'single', to: RelationshipStatus = 'engaged'): Promise<void> {
    const at = dueAt - 10 * MINUTE;
    const content = { value: to, visibility: 'friends', quiet: false } as const;
    await this.publish((seq) =>
      this.watched
        .slice(0, CHANGED)
        .flatMap((member) => privateOps({ kind: 'relationship', seq, member, at, content })),
    );
    const concerned = this.expected(from, to).map((line) => line.split(' ')[0]!);
    await makeDue(this.store, { check: OWN_NETWORK }, [...new Set(concerned)], dueAt);
  }

  /** What all of them are to be told, each in one letter; sorted. */
  expected(from = 'single', to = 'engaged'): string[] {
    const changed = new Set(this.watched.slice(0, CHANGED));
    return this.watching
      .flatMap(([watcher, subject]) =>
        changed.has(subject) && this.isWritten(watcher) ? `${watcher} ${subject} ${from} ${to}` : [],
      )
      .sort();
  }

  /** Those of the notices that are in no daily letter; sorted. */
  toldSoon(): string[] {
    return this.expected().filter((line) => this.isSoon(line.split(' ')[0]!));
  }

  private isSoon(watcher: string): boolean {
    return this.watchers.indexOf(watcher) % 3 !== 0;
  }

  /** A member says something, and the view has heard it. */
  async says(member: string, said: PrivateContent): Promise<void> {
    await this.publish((seq) => privateOps({ ...said, seq, member, at: this.start }));
  }

  /** As `says`, but the view has not heard it before the function that it gives is called. */
  async whispers(member: string, said: PrivateContent): Promise<() => Promise<void>> {
    const slice = await this.record((seq) => privateOps({ ...said, seq, member, at: this.start }));
    return () => this.apply(slice);
  }

  /** Two are friends no more. */
  async part(one: string, other: string): Promise<void> {
    const message = { edges: [[one, other]], on: false, mutual: true, at: this.start } as const;
    await this.publish((seq) => socialOps({ kind: 'friendship', seq, message: { ...message, edges: [[one, other]] } }));
  }

  address(watcher: string): string {
    return `${watcher}@example.net`;
  }

  /** Those on whose letter somebody works. */
  async claimed(): Promise<string[]> {
    const ledgers = new MailLedgers(openBucket(this.bus, MAILED_BUCKET));
    const all = await Promise.all(this.watchers.map((watcher) => ledgers.read(watcher)));
    return this.watchers.filter((_, i) => all[i]!.claim !== undefined);
  }

  /** Position of the log. */
  get position(): number {
    return this.log.at(-1)?.to ?? 0;
  }

  /** The view is made anew from what was said after a position. */
  async replay(after = 0): Promise<void> {
    for (const slice of this.log) if (slice.from >= after) await this.apply(slice);
  }

  heard(delivered: readonly Delivered[]): Heard {
    const told: string[] = [];
    const ids = new Set<string>();
    const letters = new Map<string, number>();
    for (const { to, mail } of delivered) {
      const text = mail.text ?? '';
      for (const [, subject, now, before] of text.matchAll(SAYS))
        told.push(`${to.split('@')[0]} ${subject} ${before} ${now}`);
      for (const [, id] of text.matchAll(NAMES)) ids.add(id!);
      const name = `${to} ${mail.messageId}`;
      letters.set(name, (letters.get(name) ?? 0) + 1);
    }
    const twice = [...letters].flatMap(([name, count]) => (count > 1 ? `${name} ${count}` : []));
    return { told: told.sort(), ids: ids.size, twice };
  }

  private isWritten(watcher: string): boolean {
    return !this.isUnconfirmed(watcher) && !this.isSilent(watcher);
  }

  private isUnconfirmed(watcher: string): boolean {
    return this.watchers.indexOf(watcher) % 20 === 7;
  }

  private isSilent(watcher: string): boolean {
    return this.watchers.indexOf(watcher) % 20 === 13;
  }

  private beginning(seq: number): RoutedOp[] {
    const at = this.start - HOUR;
    const single = { value: 'single', visibility: 'friends', quiet: false } as const;
    return [
      ...socialOps({ kind: 'friendship', seq, message: { edges: [...this.watching], on: true, mutual: true, at } }),
      ...this.watched.flatMap((member) => [
        ...privateOps({ kind: 'consent', seq, member, at, content: { mode: 'mutuals' } }),
        ...privateOps({ kind: 'relationship', seq, member, at: at - HOUR, content: single }),
        ...this.written(seq, member),
      ]),
      ...this.watchers.flatMap((member) => this.written(seq, member)),
      ...this.watching.flatMap(([member, subject]) =>
        privateOps({ kind: 'watch', seq, member, at, content: { provider: OWN_NETWORK, subject, on: true } }),
      ),
    ];
  }

  /** Those who are watched could be written to as well. */
  private written(seq: number, member: string): RoutedOp[] {
    const at = this.start - HOUR;
    const step = this.isUnconfirmed(member) ? 'asked' : 'confirmed';
    const rhythm = this.isSilent(member) ? 'never' : this.isSoon(member) ? 'soon' : 'daily';
    return [
      ...privateOps({ kind: 'address', seq, member, at, content: { step, address: this.address(member) } }),
      ...privateOps({ kind: 'letters', seq, member, at, content: { ...USUAL_LETTERS, rhythm } }),
    ];
  }

  private async publish(opsOf: (seq: number) => RoutedOp[]): Promise<void> {
    await this.apply(await this.record(opsOf));
  }

  /** A message of the log, and what it changes. */
  private async record(opsOf: (seq: number) => RoutedOp[]): Promise<(typeof this.log)[number]> {
    const id = `town-${this.start}-${this.log.length}`;
    const message = { profiles: [] };
    const { seq } = await publisher(this.bus).publish(
      envelope({ subject: subjects.social('profile'), id, source: '/test', at: this.start, message }),
    );
    const slice = { from: this.position, to: seq, ops: opsOf(seq) };
    this.log.push(slice);
    return slice;
  }

  private async apply({ from, to, ops }: (typeof this.log)[number]): Promise<void> {
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from,
      to,
      ops: ops.flatMap((routed) => (routed.partition === partition ? [routed.op] : [])),
    }));
    await applySlices(this.store, { log: 'SOCIAL', created: this.created, slices });
  }
}
