import type { HeadBody } from '@groundswell/protocol';
import type { HostileCache } from '../src/index.js';

/** A poller as it is easily written: asks an address again and again, and takes what comes. */
export class NaiveViewer {
  n = 0;

  constructor(
    private readonly edge: HostileCache,
    private readonly address: () => string,
  ) {}

  /** Polls once, and gives the segment where it stands. */
  async polls(): Promise<number> {
    const answer = await fetch(`${this.edge.url}${this.address()}`);
    this.n = ((await answer.json()) as HeadBody).n;
    return this.n;
  }
}
