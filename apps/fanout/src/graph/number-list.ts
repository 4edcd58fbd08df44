/** Numbers in no order, each at most once; four bytes each. */
export class NumberList {
  size = 0;
  private list = new Uint32Array(4);

  at(index: number): number {
    return this.list[index]!;
  }

  add(number: number): void {
    if (this.size === this.list.length) this.resize(this.size * 2);
    this.list[this.size++] = number;
  }

  remove(number: number): void {
    const at = this.list.indexOf(number);
    if (at === -1 || at >= this.size) return;
    this.list[at] = this.list[--this.size]!;
    if (this.size >= 4 && this.size * 4 <= this.list.length) this.resize(this.size * 2);
  }

  private resize(capacity: number): void {
    const list = new Uint32Array(capacity);
    list.set(this.list.subarray(0, this.size));
    this.list = list;
  }
}
