/** Below this, what is gone is not worth moving the rest for. */
const COMPACT_MIN = 1_024;

/** A list that grows at its end and loses its beginning, both at the cost of what is added or lost alone. */
export class Tail<T> {
  private list: T[] = [];
  private start = 0;

  get size(): number {
    return this.list.length - this.start;
  }

  /** Counted from the oldest that is held. */
  at(index: number): T {
    return this.list[this.start + index]!;
  }

  push(item: T): void {
    this.list.push(item);
  }

  /** What follows the first `index` ones. */
  from(index: number): readonly T[] {
    return this.list.slice(this.start + index);
  }

  /** Loses the first `count`, after `each` has seen them. */
  drop(count: number, each: (item: T) => void = () => undefined): void {
    const end = this.start + count;
    for (; this.start < end; this.start++) {
      each(this.list[this.start]!);
      // Or the list would hold on to it until it is compacted.
      this.list[this.start] = undefined!;
    }
    if (this.start < COMPACT_MIN || this.start * 2 < this.list.length) return;
    this.list = this.list.slice(this.start);
    this.start = 0;
  }

  /** Keeps only those that fit, in their order. */
  keep(fits: (item: T) => boolean): void {
    this.list = this.list.slice(this.start).filter(fits);
    this.start = 0;
  }

  /** Index of the first that fits, its size if none does; all that follow one that fits must fit too. */
  first(fits: (item: T) => boolean): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (fits(this.at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
