import type { Item } from './window.js';

type Whose = Pick<Item, 'audience' | 'author' | 'storyAuthor'>;

/**
 * Whose friends each segment concerns: who wrote what was seen in it, shown or not, and under whose stories. What is for
 * friends only leaves no trace here.
 */
export class SegmentAuthors {
  private readonly segments = new Map<number, readonly string[]>();
  private pending = new Set<string>();

  push({ audience, author, storyAuthor }: Whose): void {
    if (audience !== 'everyone') return;
    this.pending.add(author);
    if (storyAuthor !== author) this.pending.add(storyAuthor);
  }

  /** What was pushed since the last segment belongs to segment n, if that is to be held. */
  seal(n: number, isHeld: boolean): void {
    if (isHeld) this.segments.set(n, [...this.pending]);
    this.pending = new Set();
  }

  /** Undefined when the segment is not held. */
  of(n: number): readonly string[] | undefined {
    return this.segments.get(n);
  }

  /** Forgets segments before n. */
  dropBefore(n: number): void {
    for (const held of this.segments.keys()) {
      if (held >= n) break;
      this.segments.delete(held);
    }
  }
}
