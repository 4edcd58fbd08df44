import type { StopSignal } from '@groundswell/relations';
import type { Shown, Watching } from '@groundswell/store';
import { isStatus } from '@groundswell/relations';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEnd, LogPosition } from './log-end.js';
import type { Published, StatusReader, Wanted } from './published.js';

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
  end: Pick<LogEnd, 'get'>;
  patienceMs?: number;
}

/** What members publish, read from the view of the log; only once it has everything that was in the log a moment ago. */
export class StatusView implements StatusReader {
  constructor(private readonly o: StatusViewOptions) {}

  /** Throws `ViewBehind`, or what the log and the store throw. */
  async readStatuses(wanted: readonly Wanted[], signal: StopSignal): Promise<ReadonlyMap<string, Published>> {
    const asked = wanted.flatMap(({ subject, watchers }) => watchers.map((watcher) => ({ watcher, subject })));
    if (asked.length === 0) return new Map();
    const { read, end, patienceMs = PATIENCE_MS } = this.o;
    const last = await end.get();
    for (let waited = 0; ; waited += AGAIN_MS) {
      const shown = await read(asked);
      if (has(shown, last)) return joined(asked, shown.seen);
      if (waited >= patienceMs || signal.aborted) {
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
  const all = new Map<string, Published>();
  asked.forEach(({ watcher, subject }, place) => {
    const one = seen[place];
    // Who shows everything and has published nothing is left out, and so unknown.
    if (one === undefined) return;
    const known = all.get(subject);
    if (one === 'hidden') {
      if (!known) all.set(subject, { state: 'hidden' });
    } else if (known?.state === 'published') {
      (known.shownTo as Set<string>).add(watcher);
    } else if (isStatus(one.value)) {
      const { value, since, quiet = false, settleMs } = one;
      const settle = settleMs === undefined ? {} : { settleMs };
      all.set(subject, { state: 'published', value, since, quiet, ...settle, shownTo: new Set([watcher]) });
    }
  });
  return all;
}
