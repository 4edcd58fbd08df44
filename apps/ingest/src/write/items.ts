import { ProblemError } from '@groundswell/runtime';
import type { Item, StoredItem } from '@groundswell/store';
import { viewBehind } from './view-behind.js';

export interface ItemsOptions {
  /** An item and the checkpoint of the view that says so. */
  read: (event: string, id: string) => Promise<StoredItem>;
  /** Last position of the log. */
  end: () => Promise<number>;
  friends: (member: string) => Promise<readonly string[]>;
}

const PATIENCE_MS = 2_000;
const AGAIN_MS = 20;

/** Looks items up for commands. "There is none" is said only by a view that knows of everything written before. */
export class Items {
  constructor(private readonly options: ItemsOptions) {}

  /** The item, if there is one and the member may see it; throws `unknown_status` or `view_behind`. */
  async visibleTo(member: string, event: string, id: string): Promise<Item> {
    const item = await this.find(event, id);
    if (!item || !(await this.maySee(member, item))) throw unknown();
    return item;
  }

  private async find(event: string, id: string): Promise<Item | undefined> {
    const { read, end } = this.options;
    const first = await read(event, id);
    if (first.item) return first.item;
    const last = await end();
    for (let waited = 0; waited <= PATIENCE_MS; waited += AGAIN_MS) {
      const { checkpoint, item } = await read(event, id);
      if (item || (checkpoint?.seq ?? 0) >= last) return item;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    throw viewBehind();
  }

  private async maySee(member: string, item: Item): Promise<boolean> {
    // What was taken back is gone for everybody but its author.
    if (item.kind === 'tomb') return item.author === member;
    const owner = item.kind === 'comment' ? item.ofAuthor : item.author.id;
    if (item.audience === 'everyone' || member === owner) return true;
    return (await this.options.friends(member)).includes(owner);
  }
}

function unknown(): ProblemError {
  return new ProblemError('unknown_status', 'There is no such status, or it was taken back.');
}
