/** What has been sent. A flight is what leaves in one turn of the event loop: it is waited for once. */
export interface StoreUsage {
  commands: number;
  flights: number;
}

/** Counts commands and flights. */
export class Flights {
  readonly usage: StoreUsage = { commands: 0, flights: 0 };
  private isBoarding = false;

  add(): void {
    this.usage.commands++;
    if (this.isBoarding) return;
    this.isBoarding = true;
    this.usage.flights++;
    setImmediate(() => {
      this.isBoarding = false;
    });
  }
}
