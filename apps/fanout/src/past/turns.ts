/** Lets so many work at a time; the others wait in the order in which they came, up to a bound. */
export class Turns {
  private working = 0;
  private waiting: (() => void)[] = [];
  private served = 0;

  constructor(
    private readonly most: number,
    private readonly queue: number,
  ) {}

  /** Does the work when its turn comes; `full`, and nothing is done, when too many wait. */
  async take<T>(work: () => T | Promise<T>): Promise<T | 'full'> {
    if (this.working >= this.most) {
      if (this.waiting.length - this.served >= this.queue) return 'full';
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.working++;
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  /** Whose turn it is takes over the place of who is done. */
  private next(): void {
    const turn = this.waiting[this.served];
    if (!turn) {
      this.working--;
      return;
    }
    this.served++;
    // Those served go in one piece: moving all for each would be slow when many wait.
    if (this.served * 2 >= this.waiting.length) {
      this.waiting = this.waiting.slice(this.served);
      this.served = 0;
    }
    turn();
  }
}
