import type { Notice } from '@groundswell/contracts';
import { USUAL_LETTERS, type LetterSettings } from '@groundswell/protocol';
import {
  OWN_NETWORK,
  type Checkpoint,
  type MailSide,
  type Shown,
  type StoredAddress,
  type StoredPairs,
  type Watching,
} from '@groundswell/store';
import { ViewBehind } from '../providers/own/status-view.js';

/** A log, and where it ends. */
export interface LogEnd {
  /** Creation of the log, Unix milliseconds. */
  created: number;
  lastSeq: number;
}

export interface LastCheckOptions {
  sides: (members: readonly string[]) => Promise<MailSide[]>;
  shown: (asked: readonly Watching[]) => Promise<Shown>;
  pairs: (provider: string, watchers: readonly string[]) => Promise<StoredPairs[]>;
  /** End of the log of members at the moment, not as it was a second ago. */
  end: () => Promise<LogEnd>;
}

/** What may be told, and where. */
export interface Permitted {
  /** Undefined: the member is not to be written to. */
  address: string | undefined;
  settings: LetterSettings;
  notices: Notice[];
}

/**
 * What is looked at right before something is sent: by a view that has everything that is in the log. Throws `ViewBehind`
 * while there is none, or what the log and the store throw.
 */
export class LastCheck {
  constructor(private readonly o: LastCheckOptions) {}

  /** Where a member is written to. */
  async address(member: string): Promise<StoredAddress | undefined> {
    const end = await this.o.end();
    const [side] = await this.o.sides([member]);
    requireAll(side!.checkpoint, end);
    return side!.address;
  }

  /** Which notices a watcher may still be told, and where. */
  async letter(watcher: string, notices: readonly Notice[]): Promise<Permitted> {
    const end = await this.o.end();
    const own = notices.filter(({ provider }) => provider === OWN_NETWORK);
    const providers = [...new Set(notices.map(({ provider }) => provider))];
    const [[side], shown, ...pairs] = await Promise.all([
      this.o.sides([watcher]),
      this.o.shown(own.map(({ subject }) => ({ watcher, subject }))),
      ...providers.map((provider) => this.o.pairs(provider, [watcher])),
    ]);
    requireAll(side!.checkpoint, end);
    if (own.length > 0) requireAll(shown.checkpoint, end);
    const isWatched = ({ provider, subject }: Notice): boolean => pairs[providers.indexOf(provider)]![0]!.has(subject);
    const mayBeTold = (notice: Notice): boolean =>
      notice.provider !== OWN_NETWORK || stands(notice, shown.seen[own.indexOf(notice)]);
    const settings = side!.rhythm ?? USUAL_LETTERS;
    const isWritten = side!.address?.state === 'confirmed' && settings.rhythm !== 'never';
    return {
      address: isWritten ? side!.address?.address : undefined,
      settings,
      notices: notices.filter((notice) => isWatched(notice) && mayBeTold(notice)),
    };
  }
}

/** Nothing is told of who hides, who wants nobody to be told, or of what does not stand any more. */
function stands({ to }: Notice, seen: Shown['seen'][number]): boolean {
  if (seen === 'hidden') return false;
  return seen ? !seen.quiet && seen.value === to : to === 'none';
}

function requireAll(checkpoint: Checkpoint | undefined, { created, lastSeq }: LogEnd): void {
  if (checkpoint?.created === created && checkpoint.seq >= lastSeq) return;
  throw new ViewBehind(
    `the view is at ${checkpoint?.seq ?? 0} of log ${checkpoint?.created ?? 'none'}, not ${lastSeq}`,
  );
}
