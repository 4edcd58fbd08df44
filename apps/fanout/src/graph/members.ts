/**
 * Member ids as small numbers, for as long as somebody holds them: a number takes four bytes wherever it stands, an id
 * tens. Numbers of ids that nobody holds any more are given to others.
 */
export class Members {
  private readonly numbers = new Map<string, number>();
  private readonly ids: string[] = [];
  private holders = new Uint32Array(64);
  private readonly free: number[] = [];

  /** Ids held. */
  get size(): number {
    return this.numbers.size;
  }

  /** The number of an id that is held. */
  find(id: string): number | undefined {
    return this.numbers.get(id);
  }

  /** The id of a number that is held. */
  id(number: number): string {
    return this.ids[number]!;
  }

  /** Holds an id once more. */
  hold(id: string): number {
    const number = this.numbers.get(id) ?? this.give(id);
    this.holders[number]!++;
    return number;
  }

  /** Holds a number once less. */
  release(number: number): void {
    if (--this.holders[number]! > 0) return;
    this.numbers.delete(this.ids[number]!);
    this.ids[number] = '';
    this.free.push(number);
  }

  private give(id: string): number {
    const number = this.free.pop() ?? this.ids.length;
    if (number === this.holders.length) {
      const holders = new Uint32Array(number * 2);
      holders.set(this.holders);
      this.holders = holders;
    }
    this.ids[number] = id;
    this.numbers.set(id, number);
    return number;
  }
}
