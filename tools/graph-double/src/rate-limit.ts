export interface LimitSettings {
  requests: number;
  windowMs: number;
}

export interface Left {
  limit: number;
  remaining: number;
  /** Unix milliseconds. */
  resetAt: number;
  /** This request is one too many. */
  isOver: boolean;
}

const WIDE: LimitSettings = { requests: 3000, windowMs: 300_000 };

/** Counts requests in fixed windows, by who asks. */
export class RateLimit {
  readonly #windows = new Map<string, { startedAt: number; used: number }>();

  constructor(readonly settings: LimitSettings = WIDE) {}

  take(who: string, now = Date.now()): Left {
    const { requests, windowMs } = this.settings;
    let window = this.#windows.get(who);
    if (!window || now >= window.startedAt + windowMs) {
      window = { startedAt: now, used: 0 };
      this.#windows.set(who, window);
    }
    window.used++;
    return {
      limit: requests,
      remaining: Math.max(0, requests - window.used),
      resetAt: window.startedAt + windowMs,
      isOver: window.used > requests,
    };
  }
}
