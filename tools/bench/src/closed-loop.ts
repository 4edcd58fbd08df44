/** How one try went. */
export interface Try {
  /** Everybody got everything in time. */
  complete: boolean;
  /** CPU seconds of the server per second. */
  utilisation: number;
}

export interface ClosedLoopOptions<T extends Try> {
  /** Sockets of the first try, and most that there may be. */
  start: number;
  most: number;
  attempt: (sockets: number) => Promise<T>;
  /** Default 4. */
  tries?: number;
}

export interface Held<T extends Try> {
  sockets: number;
  result: T;
}

/** A server above this share of a core is not compared: it queues. */
export const CEILING = 0.9;
const AIM = 0.82;
const GOOD_ENOUGH = 0.7;
const GROWTH = 10;
/** A server that is full says nothing about how much too much it was. */
const FULL = 0.95;
/** Tries more, as long as none has succeeded. */
const RESCUES = 10;

/**
 * Finds about the most sockets that a server serves completely below `CEILING` of a core, and returns the try that
 * proved it; undefined when it held none. CPU grows about in proportion, so each try tells where to go next.
 */
export async function closedLoop<T extends Try>(options: ClosedLoopOptions<T>): Promise<Held<T> | undefined> {
  const { start, most, attempt, tries = 4 } = options;
  let best: Held<T> | undefined;
  let tooMany = most + 1;
  let sockets = Math.min(start, most);
  for (let i = 0; i < tries || (!best && i < tries + RESCUES); i++) {
    const result = await attempt(sockets);
    const held = result.complete && result.utilisation < CEILING;
    if (held) best = { sockets, result };
    else tooMany = Math.min(tooMany, sockets);
    const next = nextSockets(sockets, result, held);
    // Between what it holds and what it does not there may be nothing left to try.
    const bounded = Math.min(next, held ? tooMany - 1 : next);
    if (held && (bounded <= sockets || result.utilisation >= GOOD_ENOUGH)) return best;
    if (best && bounded <= best.sockets) return best;
    if (!held && sockets === 1) return best;
    sockets = bounded;
  }
  return best;
}

function nextSockets(sockets: number, { utilisation }: Try, held: boolean): number {
  const factor = AIM / Math.max(utilisation, 0.01);
  if (held) return Math.floor(sockets * Math.min(GROWTH, factor));
  return Math.max(1, Math.floor(sockets * Math.min(utilisation < FULL ? 0.7 : 0.5, factor)));
}
