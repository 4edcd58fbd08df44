import type {
  EveryoneCursor,
  EveryoneSnapFrame,
  FriendsCursor,
  FriendsSnapFrame,
  HideFrame,
  ItemFrame,
  MarkFrame,
  ResetFrame,
  SegFrame,
  SkipFrame,
  Tab,
} from '@groundswell/protocol';
import { EveryoneTrack } from './everyone-track.js';
import { FriendsTrack } from './friends-track.js';
import type { CarriedFrame, CarriedFriendsFrame } from './sink.js';
import type { FeedEvent, FeedStats } from './states.js';
import type { Verdict } from './verdict.js';

/** Frames that belong to a tab. */
export type TabFrame = SegFrame | ItemFrame | EveryoneSnapFrame | FriendsSnapFrame | MarkFrame | SkipFrame | ResetFrame;

/** What is wrong with a frame: something before it was lost, or it does not follow what came. */
export type Trouble = 'gap' | { message: string };

/**
 * What has been received of both tabs, whatever brought it: cursors, what to hide, and whether a frame follows the one before.
 * Tells what is to be shown; what is to be done about trouble is for others to decide.
 */
export class Receipts {
  readonly stats: FeedStats = { welcomes: 0, stale: 0, gaps: 0, faults: 0, skips: 0, missed: 0, resets: 0 };
  readonly #everyone: EveryoneTrack;
  readonly #friends: FriendsTrack;
  readonly #emit: (event: FeedEvent) => void;
  /** Whom the page hides, as it was told last. */
  #hidden: readonly string[] = [];

  constructor(
    from: { everyone: EveryoneCursor | null; friends: FriendsCursor | null },
    emit: (event: FeedEvent) => void,
  ) {
    this.#everyone = new EveryoneTrack(from.everyone);
    this.#friends = new FriendsTrack(from.friends);
    this.#emit = emit;
  }

  get cursors(): { everyone: EveryoneCursor | null; friends: FriendsCursor | null } {
    return { everyone: this.#everyone.cursor, friends: this.#friends.cursor };
  }

  /** Highest epoch of Everyone ever seen. */
  get epoch(): number {
    return this.#everyone.epoch;
  }

  /** Highest epoch of either tab. */
  get newestEpoch(): number {
    return Math.max(this.#everyone.epoch, this.#friends.epoch);
  }

  welcomed(epoch: number): void {
    this.stats.welcomes++;
    this.#everyone.welcomed(epoch);
    this.#friends.welcomed(epoch);
  }

  /** Takes a frame of the socket. */
  take(frame: TabFrame): Trouble | undefined {
    switch (frame.t) {
      case 'seg':
        return this.#judge('everyone', this.#everyone.segment(frame), { t: 'seg', frame });
      case 'item':
        return this.#judge('friends', this.#friends.item(frame), { t: 'item', frame });
      case 'snap':
        return this.#judge(frame.tab, this.#snap(frame), { t: 'snap', frame });
      case 'mark':
        return this.#mark(frame);
      case 'skip':
        return this.#skip(frame);
      case 'reset':
        return this.#reset(frame);
    }
  }

  /** Takes what another transport brought: it may be ahead of the socket, and leaves no gap to be found. */
  follow(frame: CarriedFrame | CarriedFriendsFrame): { message: string } | undefined {
    switch (frame.t) {
      case 'seg':
        return this.#judge('everyone', this.#everyone.follow(frame), { t: 'seg', frame });
      case 'item':
        return this.#judge('friends', this.#friends.follow(frame), { t: 'item', frame });
      case 'snap':
        return this.#judge(frame.tab, this.#snap(frame), { t: 'snap', frame });
      case 'examined':
        this.#friends.examined(frame.cursor);
        return undefined;
      case 'skip':
        return this.#skip(frame);
      case 'reset':
        return this.#reset(frame);
      case 'tombs':
        this.#emit(frame);
        return undefined;
      case 'hide':
        this.hide(frame);
        return undefined;
    }
  }

  /** A list is the server's word as of now, whatever brought it. */
  hide(frame: HideFrame): void {
    this.#hidden = frame.authors;
    this.#emit({ t: 'hide', frame });
  }

  /** The viewer shuns an author: hidden from now on, until the server's next list says who is. */
  shun(author: string): void {
    if (this.#hidden.includes(author)) return;
    this.hide({ t: 'hide', authors: [...this.#hidden, author].sort() });
  }

  #snap(frame: EveryoneSnapFrame | FriendsSnapFrame): Verdict {
    return frame.tab === 'everyone' ? this.#everyone.snap(frame) : this.#friends.snap(frame);
  }

  /** Leaves out of a skip of Everyone what another transport has brought since the server was asked. */
  #skip(frame: SkipFrame): undefined {
    const held = frame.tab === 'everyone' ? (this.#everyone.cursor?.n ?? 0) : 0;
    if (held >= frame.to) return;
    const rest = held > frame.from ? { ...frame, from: held, missed: Math.min(frame.missed, frame.to - held) } : frame;
    this.stats.skips++;
    this.stats.missed += rest.missed;
    this.#emit({ t: 'skip', frame: rest });
  }

  #reset(frame: ResetFrame): undefined {
    this.stats.resets++;
    this.#track(frame.tab).reset();
    this.#emit({ t: 'reset', frame });
  }

  #judge(
    tab: Tab,
    verdict: Verdict,
    event: Extract<FeedEvent, { t: 'seg' | 'item' | 'snap' | 'mark' }>,
  ): { message: string } | undefined {
    if (verdict === 'apply') this.#emit(event);
    else if (verdict === 'stale') {
      this.stats.stale++;
      this.#emit({ t: 'stale', tab, frame: event.t });
    } else return { message: `A "${event.t}" frame of ${tab} does not follow what came before it.` };
    return undefined;
  }

  #mark(frame: MarkFrame): Trouble | undefined {
    const verdict = frame.tab === 'everyone' ? this.#everyone.mark(frame) : this.#friends.mark(frame);
    if (verdict !== 'gap') return this.#judge(frame.tab, verdict, { t: 'mark', frame });
    const { received } = this.#track(frame.tab);
    this.stats.gaps++;
    this.#emit({ t: 'gap', tab: frame.tab, sent: frame.count, received });
    // A lost item can lie below the Friends cursor, so only a snapshot heals; Everyone's cursor has no hole below it.
    if (frame.tab === 'friends') this.#friends.reset();
    return 'gap';
  }

  #track(tab: Tab): EveryoneTrack | FriendsTrack {
    return tab === 'everyone' ? this.#everyone : this.#friends;
  }
}
