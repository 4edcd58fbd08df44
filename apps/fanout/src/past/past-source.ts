import type { Past, PastStory } from '@groundswell/feed';
import type { Clock, Log } from '@groundswell/runtime';
import { Turns } from './turns.js';

/** Stories as the view holds them. */
export interface FoundPast {
  stories: PastStory[];
  /** Older ones were left out. */
  more: boolean;
  /** Creation of the log and position; undefined when a part of the view holds nothing. */
  checkpoint: { created: number; seq: number } | undefined;
}

/** The newest stories of a viewer's authors. */
export interface ViewerPast extends Past {
  /** Whose stories were asked for. */
  authors: ReadonlySet<string>;
  more: boolean;
}

/** Who asks: a room, on behalf of one viewer. */
export interface PastWanted {
  event: string;
  /** Creation of the EVENTS log that the room reads. */
  created: number;
  authors: () => readonly string[];
  /** The view must have everything up to this position; the room sees to the rest. */
  needs: () => number;
}

export interface PastSourceOptions {
  /** Reads all in one flight. */
  read: (event: string, authors: readonly string[]) => Promise<FoundPast>;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
  /** Milliseconds that a viewer waits for a view that is behind or out of reach; default 2,000. */
  patienceMs?: number;
}

/** Reads under way at a time on a node: thousands who come back at once do not flood the store. */
export const READS = 200;
/** Viewers who wait for their turn; who comes then gets what the window holds. */
export const WAITING = 20_000;

const PATIENCE_MS = 2_000;
const AGAIN_MS = 50;
/** How often it is said that snapshots are short. */
const WARN_MS = 10_000;

/**
 * Friends from before the window. The view may be behind the node: what has come since is in the window.
 */
export class PastSource {
  private readonly o: Required<PastSourceOptions>;
  private readonly turns = new Turns(READS, WAITING);
  private warnedAt = -Infinity;
  private missed = 0;

  constructor(options: PastSourceOptions) {
    this.o = { patienceMs: PATIENCE_MS, ...options };
  }

  /** Never rejects. Undefined: the view is out of reach, or too far behind, for as long as a viewer waits. */
  async of(wanted: PastWanted): Promise<ViewerPast | undefined> {
    const { clock, patienceMs } = this.o;
    const until = clock.monotonic() + patienceMs;
    let timer: NodeJS.Timeout | undefined;
    // A store that says nothing does not hold up the viewer.
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    const past = await Promise.race([this.read(wanted, () => clock.monotonic() >= until), late]);
    clearTimeout(timer);
    if (!past) this.warn();
    return past;
  }

  private async read(wanted: PastWanted, isLate: () => boolean): Promise<ViewerPast | undefined> {
    const { event, created, needs } = wanted;
    while (!isLate()) {
      const authors = new Set(wanted.authors());
      const found = await this.turns.take(() => (isLate() ? undefined : this.ask(event, [...authors])));
      if (found === 'full') return undefined;
      const checkpoint = found?.checkpoint;
      if (found && checkpoint?.created === created && checkpoint.seq >= needs()) {
        return { stories: found.stories, more: found.more, asOf: checkpoint.seq, authors };
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    return undefined;
  }

  private async ask(event: string, authors: readonly string[]): Promise<FoundPast | undefined> {
    try {
      return await this.o.read(event, authors);
    } catch (error) {
      this.o.log.debug({ err: error, event }, 'older stories could not be read');
      return undefined;
    }
  }

  private warn(): void {
    this.missed++;
    const now = this.o.clock.monotonic();
    if (now - this.warnedAt < WARN_MS) return;
    this.o.log.warn(
      { snapshots: this.missed },
      'Friends is served without older stories: the view of EVENTS is behind',
    );
    this.warnedAt = now;
    this.missed = 0;
  }
}
