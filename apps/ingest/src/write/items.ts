import { ProblemError } from '@groundswell/runtime';
import { isBarred, shuns, STRANGERS, type Side } from '@groundswell/social';
import type { Item, StatusItem, StoredItem } from '@groundswell/store';
import { upToDate } from './up-to-date.js';

export interface ItemsOptions {
  /** An item and the checkpoint of the view that says so. */
  item: (event: string, id: string) => Promise<StoredItem>;
  /** Last position of EVENTS. */
  endOfEvents: () => Promise<number>;
  /** A member's friends, up to date. */
  friends: (member: string) => Promise<readonly string[]>;
  /** With whom a member has a block, as the view has it now; rejects when it is seconds late. */
  barred: (member: string) => Promise<ReadonlySet<string>>;
  /** What a member's side says of others, up to date. */
  sides: (member: string) => Promise<ReadonlyMap<string, Side>>;
}

/** An item that a member reads, and whose comments the member is not shown with it. */
export interface Readable {
  item: Item;
  hidden: ReadonlySet<string>;
}

/** A status, and the comment on it that is answered. */
export interface Answering {
  status: string;
  inReplyTo?: string;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Looks items up for commands. "There is none" is said only by a view that knows of everything written before. */
export class Items {
  constructor(private readonly options: ItemsOptions) {}

  /** The item, if there is one and the member may see it (undefined: nobody is signed in); throws `unknown_status` or `view_behind`. */
  async visibleTo(member: string | undefined, event: string, id: string): Promise<Item> {
    const item = await this.any(event, id);
    if (!(await this.maySee(member, item))) throw unknown();
    return item;
  }

  /**
   * The item for somebody who reads (undefined: nobody is signed in); throws `unknown_status`, across a block too, or
   * `view_behind`. The blocks and mutes are those of now: who has just blocked somebody does not read them any more.
   */
  async readable(member: string | undefined, event: string, id: string): Promise<Readable> {
    if (member === undefined) return { item: await this.visibleTo(undefined, event, id), hidden: NOBODY };
    const [item, sides] = await Promise.all([this.visibleTo(member, event, id), this.options.sides(member)]);
    const author = item.kind === 'tomb' ? item.author : item.author.id;
    if (isBarred(sides.get(author) ?? STRANGERS)) throw unknown();
    return { item, hidden: new Set([...sides].flatMap(([other, side]) => (shuns(side) ? other : []))) };
  }

  /** The item as `visibleTo` has it, of a status that stands. */
  async status(member: string, event: string, id: string): Promise<StatusItem> {
    const item = await this.visibleTo(member, event, id);
    if (item.kind === 'status') return item;
    const isTomb = item.kind === 'tomb';
    throw isTomb
      ? unknown()
      : new ProblemError('unknown_status', 'This is a comment: name the status that it is about.');
  }

  /**
   * A status that the member may comment on or like: none across a block, which throws `blocked`, with its author or with
   * that of the comment that is answered. All are asked for in one flight. A block counts from when the view has it:
   * waiting for the end of the log would make every comment wait for whatever others say of one another. An answered
   * comment that is not there, or stands elsewhere, belongs to nobody who could have a block.
   */
  async answerable(member: string, event: string, { status: id, inReplyTo }: Answering): Promise<StatusItem> {
    const [status, barred, answered] = await Promise.all([
      this.status(member, event, id),
      this.options.barred(member),
      inReplyTo === undefined ? undefined : this.found(event, inReplyTo),
    ]);
    if (barred.has(status.author.id)) throw blocked('status');
    if (answered?.kind === 'comment' && answered.of === id && barred.has(answered.author.id)) throw blocked('comment');
    return status;
  }

  /** The item, whoever may see it; throws `unknown_status` or `view_behind`. */
  async any(event: string, id: string): Promise<Item> {
    const { item } = await upToDate({
      read: () => this.options.item(event, id),
      end: this.options.endOfEvents,
      suffices: (seen) => seen.item !== undefined,
    });
    if (!item) throw unknown();
    return item;
  }

  /** The same, as of now: a takedown that is durable but not in the view yet is waited for. */
  async visibleNow(member: string | undefined, event: string, id: string): Promise<Item> {
    const { item } = await upToDate({ read: () => this.options.item(event, id), end: this.options.endOfEvents });
    if (!item || !(await this.maySee(member, item))) throw unknown();
    return item;
  }

  private async found(event: string, id: string): Promise<Item | undefined> {
    return this.any(event, id).catch((error: unknown) => {
      if (error instanceof ProblemError && error.code === 'unknown_status') return undefined;
      throw error;
    });
  }

  private async maySee(member: string | undefined, item: Item): Promise<boolean> {
    // What was taken back is gone for everybody but its author.
    if (item.kind === 'tomb') return item.author === member;
    const owner = item.kind === 'comment' ? item.ofAuthor : item.author.id;
    // A comment stays its author's to take back, whatever became of the friendship.
    if (item.audience === 'everyone' || member === owner || member === item.author.id) return true;
    if (member === undefined) return false;
    return (await this.options.friends(member)).includes(owner);
  }
}

function blocked(what: 'status' | 'comment'): ProblemError {
  return new ProblemError('blocked', `There is a block between you and the author of this ${what}.`);
}

function unknown(): ProblemError {
  return new ProblemError('unknown_status', 'There is no such status, or it was taken back.');
}
