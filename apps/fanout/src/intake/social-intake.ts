import { readSocial, type Stored } from '@groundswell/contracts';
import { sideChanges } from '@groundswell/social';
import { ChangeRing, type GraphChange } from '../graph/change-ring.js';

export type GraphListener = (changes: readonly GraphChange[]) => void;

/** Reads SOCIAL in order: keeps the ring, tells the rooms, and lets them wait for a position. */
export class SocialIntake {
  readonly ring: ChangeRing;
  private readonly listeners = new Set<GraphListener>();
  private waiters: { seq: number; resolve: () => void }[] = [];

  constructor(start: number) {
    this.ring = new ChangeRing(start);
  }

  /** Position up to which SOCIAL has been read. */
  get position(): number {
    return this.ring.position;
  }

  take(batch: readonly Stored[]): void {
    for (const stored of batch) {
      const record = readSocial(stored);
      const changes = this.ring.push(stored.seq, record ? sideChanges(record) : []);
      if (changes.length > 0) for (const listener of this.listeners) listener(changes);
    }
    this.wake();
  }

  onChanges(listener: GraphListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves true when SOCIAL has been read up to `seq`, false when that takes longer than `timeoutMs`. */
  async reached(seq: number, timeoutMs: number): Promise<boolean> {
    if (this.position >= seq) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((waiter) => waiter !== entry);
        resolve(false);
      }, timeoutMs);
      const entry = {
        seq,
        resolve: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      this.waiters.push(entry);
    });
  }

  private wake(): void {
    if (this.waiters.length === 0) return;
    const ready = this.waiters.filter(({ seq }) => seq <= this.position);
    this.waiters = this.waiters.filter(({ seq }) => seq > this.position);
    for (const { resolve } of ready) resolve();
  }
}
