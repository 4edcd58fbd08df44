import { viewBehind } from './view-behind.js';

const PATIENCE_MS = 2_000;
const AGAIN_MS = 20;

/** Something read from a view, and how far the view was. */
export interface Seen {
  checkpoint: { seq: number } | undefined;
}

export interface UpToDateOptions<T extends Seen> {
  read: () => Promise<T>;
  /** Last position of the log. */
  end: () => Promise<number>;
  /** An answer that is right however far the view is, such as an item that is there. */
  suffices?: (seen: T) => boolean;
}

/**
 * Reads from a view that has everything that was in the log when it was asked, so that a member sees what they have just
 * done. Throws `view_behind` when the view does not get there in time.
 */
export async function upToDate<T extends Seen>({ read, end, suffices = () => false }: UpToDateOptions<T>): Promise<T> {
  const first = await read();
  if (suffices(first)) return first;
  const last = await end();
  for (let waited = 0, seen = first; waited <= PATIENCE_MS; waited += AGAIN_MS) {
    if (suffices(seen) || (seen.checkpoint?.seq ?? 0) >= last) return seen;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    seen = await read();
  }
  throw viewBehind();
}
