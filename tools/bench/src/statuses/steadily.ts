export interface SteadyOptions {
  /** Calls of `send` a second. */
  rate: number;
  seconds: number;
  send: (index: number) => void;
}

export interface Sent {
  count: number;
  /** Seconds that it took. */
  seconds: number;
}

const TURN_MS = 5;

/** Calls `send` at a steady rate; what a late turn missed is made up for, so the count is always rate × seconds. */
export async function steadily({ rate, seconds, send }: SteadyOptions): Promise<Sent> {
  const count = Math.max(1, Math.round(rate * seconds));
  const start = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, 1 + Math.floor(((performance.now() - start) / 1000) * rate));
    while (sent < due) send(sent++);
    if (sent < count) await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  const left = seconds * 1000 - (performance.now() - start);
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  return { count, seconds: (performance.now() - start) / 1000 };
}
