/**
 * A bounded set of things under numbers that are not used twice. Each has a slot of an array that never moves: a `Map`
 * that things pass through this fast leaves a trail of outgrown tables, and what those held lives on until a full
 * garbage collection.
 */
export class Slots<T> {
  /** Things held. */
  size = 0;
  private readonly held: ({ token: number; value: T } | undefined)[];
  private readonly free: number[];
  private round = 0;

  constructor(readonly capacity: number) {
    this.held = Array.from({ length: capacity }, () => undefined);
    this.free = Array.from({ length: capacity }, (_, slot) => capacity - 1 - slot);
  }

  get full(): boolean {
    return this.size === this.capacity;
  }

  /** Holds a thing, and gives its number. Throws a `RangeError` when full. */
  add(value: T): number {
    const slot = this.free.pop();
    if (slot === undefined) throw new RangeError(`all ${this.capacity} slots are taken`);
    const token = this.round++ * this.capacity + slot;
    this.held[slot] = { token, value };
    this.size++;
    return token;
  }

  /** Gives up the thing under a number; undefined when there is none. */
  take(token: number): T | undefined {
    const slot = token % this.capacity;
    const entry = this.held[slot];
    if (entry?.token !== token) return undefined;
    this.held[slot] = undefined;
    this.free.push(slot);
    this.size--;
    return entry.value;
  }

  /** Gives up all that answer to a condition. */
  takeWhere(condition: (value: T) => boolean): T[] {
    const taken = this.held.flatMap((entry) => (entry && condition(entry.value) ? [entry] : []));
    for (const { token } of taken) this.take(token);
    return taken.map(({ value }) => value);
  }
}
