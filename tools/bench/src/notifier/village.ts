import type { PrivateContent } from '@groundswell/contracts';
import { encodePair } from '@groundswell/relations';
import {
  applySlices,
  commitPairs,
  OWN_NETWORK,
  PARTITIONS,
  privateOps,
  socialOps,
  type RoutedOp,
  type Store,
} from '@groundswell/store';

/** Friends whom each watches. */
export const EACH = 10;

const HOUR = 3_600_000;
/** Watchers settled at a time. */
const STREET = 500;

export interface VillageOptions {
  store: Store;
  /** Creation of the log whose view it is, Unix milliseconds. */
  created: number;
  /** Adds a message to that log; resolves to its position. */
  append: () => Promise<number>;
  watchers: readonly string[];
  /** Now, Unix milliseconds. All pairs were looked at an hour ago and are due in six. */
  at: number;
  /** Friendships too, without which nobody is shown anything. */
  friends: boolean;
}

/** Watchers of ten friends each, in a view, as the projectors and a first round of looks would leave them. */
export class Village {
  constructor(private readonly o: VillageOptions) {}

  /** Whom a watcher watches: others who do the same. */
  watchedBy(i: number): string[] {
    const { watchers } = this.o;
    return Array.from({ length: EACH }, (_, k) => watchers[(i + 1 + k * 37) % watchers.length]!);
  }

  async settle(): Promise<void> {
    const { watchers, at, friends } = this.o;
    const value = { value: 'single', visibility: 'friends', quiet: false } as const;
    for (let from = 0; from < watchers.length; from += STREET) {
      const street = watchers
        .slice(from, from + STREET)
        .map((watcher, i) => ({ watcher, others: this.watchedBy(from + i) }));
      await this.say(at - 2 * HOUR, (say) =>
        street.flatMap(({ watcher, others }) => [
          ...(friends ? others.flatMap((other) => say.befriend(watcher, other)) : []),
          ...say.private(watcher, { kind: 'consent', content: { mode: 'mutuals' } }),
          ...say.private(watcher, { kind: 'relationship', content: value }),
          ...others.flatMap((subject) =>
            say.private(watcher, { kind: 'watch', content: { provider: OWN_NETWORK, subject, on: true } }),
          ),
        ]),
      );
      await this.look(street);
    }
  }

  /** Members publish another status, long enough ago to have stood for its time. */
  async change(members: readonly string[]): Promise<void> {
    const value = { value: 'engaged', visibility: 'friends', quiet: false } as const;
    await this.say(this.o.at - HOUR / 2, (say) =>
      members.flatMap((member) => say.private(member, { kind: 'relationship', content: value })),
    );
  }

  private async say(at: number, what: (say: Saying) => RoutedOp[]): Promise<void> {
    const { store, created, append } = this.o;
    const seq = await append();
    const byPartition = new Map<number, RoutedOp['op'][]>();
    for (const { partition, op } of what(new Saying(seq, at))) {
      const ops = byPartition.get(partition);
      if (ops) ops.push(op);
      else byPartition.set(partition, [op]);
    }
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from: seq - 1,
      to: seq,
      ops: byPartition.get(partition) ?? [],
    }));
    await applySlices(store, { log: 'SOCIAL', created, slices });
  }

  private async look(street: readonly { watcher: string; others: readonly string[] }[]): Promise<void> {
    const { store, at } = this.o;
    const seenAt = at - HOUR;
    const known = {
      value: 'single',
      version: 1,
      baselineAt: seenAt,
      reference: 'single',
      told: 0,
      changes: 0,
    } as const;
    const after = encodePair({ state: 'stable', seenAt, known });
    await commitPairs(
      store,
      OWN_NETWORK,
      street.map(({ watcher, others }) => ({
        watcher,
        pairs: others.map((subject) => ({ subject, before: 'n', after })),
        // As the messages that made them due.
        leasedUntil: at - 2 * HOUR,
        nextAt: at + 6 * HOUR,
        lookedAt: at,
      })),
    );
  }
}

/** What members say in one message of the log. */
class Saying {
  constructor(
    private readonly seq: number,
    private readonly at: number,
  ) {}

  private(member: string, content: PrivateContent): RoutedOp[] {
    return privateOps({ ...content, member, seq: this.seq, at: this.at });
  }

  befriend(a: string, b: string): RoutedOp[] {
    const { seq, at } = this;
    return socialOps({ kind: 'friendship', seq, message: { edges: [[a, b]], on: true, mutual: true, at } });
  }
}
