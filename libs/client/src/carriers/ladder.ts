import { retryDelay } from '../engine/backoff.js';

/** Failures of the socket in a row after which something else carries Everyone; one that was silent counts for all. */
export const SOCKET_FAILURES = 3;

/** The first wait before the stream is tried again, and the longest; milliseconds. */
const CLIMB_FIRST_MS = 5_000;
const CLIMB_MAX_MS = 300_000;

/**
 * What carries Everyone. Polling bridges every change: it runs until the stream has brought something, and both run
 * until the socket has. The socket itself is tried again all along, by its own backoff.
 */
export type Rung = { t: 'socket' } | { t: 'poll'; attempt: number; trying: boolean } | { t: 'stream'; attempt: number };

export type LadderInput =
  | { t: 'socketFailed'; silent: boolean }
  /** The server wants Everyone to be polled, and says when the socket may be tried again. */
  | { t: 'sentToPoll' }
  /** It brought something to the feed: being welcomed is no proof. */
  | { t: 'socketProved' }
  | { t: 'streamProved' }
  | { t: 'streamEnded'; bye?: { afterMs: number } }
  | { t: 'climb' }
  /** Whether a tab is on screen that something else than the socket can bring. */
  | { t: 'shown'; shown: boolean }
  | { t: 'stop' };

export type LadderEffect =
  | { t: 'poll' | 'stream'; on: boolean }
  /** Input `climb` after this time; undefined = no longer. */
  | { t: 'climbIn'; ms: number | undefined };

/** Decides which transports run. Knows none of them, and no timer. */
export class Ladder {
  readonly #random: () => number;
  #rung: Rung = { t: 'socket' };
  #failures = 0;
  #shown: boolean;
  readonly #pollsFriends: boolean;

  /** `pollsFriends`: Friends is polled, which the stream does not bring: then polling goes on beside it. */
  constructor(options: { shown: boolean; pollsFriends?: boolean; random: () => number }) {
    this.#shown = options.shown;
    this.#pollsFriends = options.pollsFriends ?? false;
    this.#random = options.random;
  }

  get rung(): Rung {
    return this.#rung;
  }

  receive(input: LadderInput): LadderEffect[] {
    switch (input.t) {
      case 'socketFailed':
        this.#failures = input.silent ? SOCKET_FAILURES : this.#failures + 1;
        return this.#down();
      case 'sentToPoll':
        return this.#toPoll();
      case 'socketProved':
      case 'stop':
        this.#failures = 0;
        return this.#up();
      case 'shown':
        this.#shown = input.shown;
        return input.shown ? this.#down() : this.#up();
      case 'streamProved':
        if (this.#rung.t !== 'poll') return [];
        this.#rung = { t: 'stream', attempt: this.#rung.attempt };
        return this.#pollsFriends ? [] : [{ t: 'poll', on: false }];
      case 'streamEnded':
        return this.#streamEnded(input.bye);
      case 'climb':
        if (this.#rung.t !== 'poll' || this.#rung.trying) return [];
        this.#rung = { ...this.#rung, trying: true };
        return [{ t: 'stream', on: true }];
      default:
        return input satisfies never;
    }
  }

  #down(): LadderEffect[] {
    if (this.#rung.t !== 'socket' || !this.#shown || this.#failures < SOCKET_FAILURES) return [];
    this.#rung = { t: 'poll', attempt: 0, trying: true };
    return [
      { t: 'poll', on: true },
      { t: 'stream', on: true },
    ];
  }

  /** No stream is tried: it would hold a connection open just as the socket did. */
  #toPoll(): LadderEffect[] {
    this.#failures = SOCKET_FAILURES;
    if (this.#rung.t !== 'socket' || !this.#shown) return [];
    this.#rung = { t: 'poll', attempt: 0, trying: false };
    return [{ t: 'poll', on: true }];
  }

  #up(): LadderEffect[] {
    if (this.#rung.t === 'socket') return [];
    this.#rung = { t: 'socket' };
    return [
      { t: 'poll', on: false },
      { t: 'stream', on: false },
      { t: 'climbIn', ms: undefined },
    ];
  }

  /** A stream that says bye has lived its life: its successor starts afresh. */
  #streamEnded(bye: { afterMs: number } | undefined): LadderEffect[] {
    const rung = this.#rung;
    if (rung.t === 'socket') return [];
    const attempt = bye ? 0 : rung.attempt + 1;
    const ms = bye
      ? Math.max(Math.min(bye.afterMs, CLIMB_MAX_MS), retryDelay(0, this.#random))
      : this.#climbDelay(rung.attempt);
    this.#rung = { t: 'poll', attempt, trying: false };
    const climb: LadderEffect = { t: 'climbIn', ms };
    return rung.t === 'stream' ? [{ t: 'poll', on: true }, climb] : [climb];
  }

  /** Half of a ceiling that doubles with each failure, and up to the other half at random. */
  #climbDelay(attempt: number): number {
    const ceiling = Math.min(CLIMB_MAX_MS, CLIMB_FIRST_MS * 2 ** Math.min(attempt, 10));
    return Math.round((ceiling / 2) * (1 + this.#random()));
  }
}
