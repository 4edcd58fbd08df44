import { STRANGERS, type Side } from '@groundswell/social';

/** What one member's side says of others, by their numbers: five bytes each, in ascending order. */
export class SideTable {
  private numbers: Uint32Array;
  private sides: Uint8Array;
  private count: number;

  /** Entries in any order, each number once. */
  constructor(entries: readonly (readonly [other: number, side: Side])[]) {
    const ordered = [...entries].sort(([a], [b]) => a - b);
    this.count = ordered.length;
    this.numbers = Uint32Array.from(ordered, ([other]) => other);
    this.sides = Uint8Array.from(ordered, ([, side]) => side);
  }

  get size(): number {
    return this.count;
  }

  get(other: number): Side {
    const at = this.indexOf(other);
    return this.numbers[at] === other && at < this.count ? this.sides[at]! : STRANGERS;
  }

  /** Sets what is said of another; strangers take no room. */
  set(other: number, side: Side): void {
    const at = this.indexOf(other);
    const isThere = at < this.count && this.numbers[at] === other;
    if (isThere && side === STRANGERS) this.close(at);
    else if (isThere) this.sides[at] = side;
    else if (side !== STRANGERS) this.open(at, other, side);
  }

  /** Calls `use` with each entry. It may set the side of the entry that it is called with to anything but strangers. */
  forEach(use: (other: number, side: Side) => void): void {
    for (let at = 0; at < this.count; at++) use(this.numbers[at]!, this.sides[at]!);
  }

  /** Index of the first that is not below `other`. */
  private indexOf(other: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.numbers[middle]! < other) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private open(at: number, other: number, side: Side): void {
    if (this.count === this.numbers.length) this.grow();
    this.numbers.copyWithin(at + 1, at, this.count);
    this.sides.copyWithin(at + 1, at, this.count);
    this.numbers[at] = other;
    this.sides[at] = side;
    this.count++;
  }

  private close(at: number): void {
    this.numbers.copyWithin(at, at + 1, this.count);
    this.sides.copyWithin(at, at + 1, this.count);
    this.count--;
  }

  private grow(): void {
    const { numbers, sides } = this;
    const capacity = this.count + Math.max(4, this.count >>> 2);
    this.numbers = new Uint32Array(capacity);
    this.numbers.set(numbers);
    this.sides = new Uint8Array(capacity);
    this.sides.set(sides);
  }
}
