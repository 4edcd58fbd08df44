import type { Disturbance, Disturbed } from './disturbance.js';

/** Lets disturbances happen when the posts have got so far. */
export class Disturber {
  private readonly due: { at: number; disturbance: Disturbance; occasion: number }[];
  private readonly running: Promise<void>[] = [];
  private readonly failed: string[] = [];
  private ended = 0;

  constructor(
    private readonly disturbances: readonly Disturbance[],
    private readonly disturbed: Disturbed,
  ) {
    this.due = disturbances
      .flatMap((disturbance) => disturbance.at.map((at, occasion) => ({ at, disturbance, occasion })))
      .sort((a, b) => a.at - b.at);
  }

  /** Whether everything has happened and is over. */
  get over(): boolean {
    return this.due.length === 0 && this.ended === this.running.length;
  }

  reached(share: number): void {
    while (this.due[0] && share >= this.due[0].at) {
      const { disturbance, occasion } = this.due.shift()!;
      this.running.push(
        disturbance
          .run(this.disturbed, occasion)
          .catch((error: Error) => void this.failed.push(`a disturbance failed: ${error.message}`))
          .finally(() => this.ended++),
      );
    }
  }

  async done(): Promise<void> {
    await Promise.all(this.running);
  }

  faults(): string[] {
    const left = this.due.map(({ at }) => `a disturbance at ${at} never happened`);
    return [...this.failed, ...left, ...this.disturbances.flatMap((disturbance) => disturbance.check?.() ?? [])];
  }
}
