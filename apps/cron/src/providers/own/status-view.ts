import type { RelationshipStatus } from '@groundswell/protocol';
import { isStatus, type StopSignal } from '@groundswell/relations';
import type { Shown, StoredRelationship, Watching } from '@groundswell/store';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Recent } from '../recent.js';
import type { LogPosition } from './log-end.js';
import type { HiddenStatus, Published, PublishedStatus, StatusReader, Wanted } from './published.js';

/** A view that is a moment behind is waited for, milliseconds. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 20;

/** The view lacks a part of the log, or was made from another one: what it says of members is not what they say. */
export class ViewBehind extends Error {
  override readonly name = 'ViewBehind';
  readonly code = 'view_behind';
}

export interface StatusViewOptions {
  read: (asked: readonly Watching[]) => Promise<Shown>;
  end: Pick<Recent<LogPosition>, 'get'>;
  patienceMs?: number;
}

/** What members publish, read from the view of the log; only once it has everything that was in the log a moment ago. */
export class StatusView implements StatusReader {
  /** Nobody waits again for a view that was waited for in vain. */
  #isBehind = false;

  constructor(private readonly o: StatusViewOptions) {}

  /** Throws `ViewBehind`, or what the log and the store throw. */
  async readStatuses(wanted: readonly Wanted[], signal: StopSignal): Promise<ReadonlyMap<string, Published>> {
    const asked = wanted.flatMap(({ subject, watchers }) => watchers.map((watcher) => ({ watcher, subject })));
    if (asked.length === 0) return new Map();
    const { read, end, patienceMs = PATIENCE_MS } = this.o;
    const last = await end.get();
    for (let waited = 0; ; waited += AGAIN_MS) {
      const shown = await read(asked);
      if (has(shown, last)) {
        this.#isBehind = false;
        return joined(asked, shown.seen);
      }
      if (waited >= patienceMs || this.#isBehind || signal.aborted) {
        this.#isBehind ||= !signal.aborted;
        const { seq = 0, created } = shown.checkpoint ?? {};
        throw new ViewBehind(
          `the view of log ${created ?? 'none'} is at ${seq}, log ${last.created} is at ${last.lastSeq}`,
        );
      }
      await sleep(AGAIN_MS);
    }
  }
}

/** A view that holds nothing knows of nobody, even when the log is empty. */
function has({ checkpoint }: Shown, { created, lastSeq }: LogPosition): boolean {
  return checkpoint !== undefined && checkpoint.created === created && checkpoint.seq >= lastSeq;
}

function joined(asked: readonly Watching[], seen: Shown['seen']): Map<string, Published> {
  const all = new Map<string, Joined | HiddenStatus>();
  const silent = new Set<string>();
  asked.forEach(({ watcher, subject }, place) => {
    const one = seen[place];
    const known = all.get(subject);
    if (one === undefined) silent.add(subject);
    else if (one === 'hidden') all.set(subject, known ?? { state: 'hidden' });
    else if (known?.state === 'published') known.shownTo.add(watcher);
    else if (isStatus(one.value)) all.set(subject, published(one, one.value, watcher));
  });
  // Who shows everything to somebody and has published nothing is left out, and so unknown to all.
  for (const subject of silent) all.delete(subject);
  return all;
}

type Joined = PublishedStatus & { shownTo: Set<string> };

function published(
  { since, quiet = false, settleMs }: StoredRelationship,
  value: RelationshipStatus,
  watcher: string,
): Joined {
  const shown: Joined = { state: 'published', value, since, quiet, shownTo: new Set([watcher]) };
  return settleMs === undefined ? shown : { ...shown, settleMs };
}
