/** What a reader has asked the server for, received and handled: bounds what waits in this process. */

/** Messages of one request, and its bytes, which must exceed the largest message. */
export const REQUEST = 1_000;
const REQUEST_BYTES = 8 * 1_048_576;
/** Nothing more is asked for while this much waits to be handled. */
const WAITING = 4_000;
const WAITING_BYTES = 16 * 1_048_576;
const EXPIRES_MS = 30_000;
const NANOS = 1_000_000;

/** A part of what waits. */
export interface WindowShare {
  size: number;
  bytes: number;
}

/** Counts messages asked for, received and handled. At most `WAITING` + 1.5 × `REQUEST` messages wait. */
export class PullWindow {
  /** Asked for and not received yet. */
  outstanding = 0;
  /** Received and not handled yet. */
  size = 0;
  private bytes = 0;

  reset(): void {
    this.outstanding = 0;
  }

  arrived(bytes: number): void {
    this.outstanding--;
    this.size++;
    this.bytes += bytes;
  }

  /** The server gave up a request with this many messages not sent. */
  returned(messages: number): void {
    this.outstanding = Math.max(0, this.outstanding - messages);
  }

  /** What waits now, to be given back to `handled` later. */
  share(): WindowShare {
    return { size: this.size, bytes: this.bytes };
  }

  handled({ size, bytes }: WindowShare): void {
    this.size -= size;
    this.bytes -= bytes;
  }

  /** So much waits that nothing more may be asked for. */
  get isFull(): boolean {
    return this.size >= WAITING || this.bytes >= WAITING_BYTES;
  }

  /** A request for messages that the server sends as they come. */
  ask(batch: number, heartbeatMs: number): string {
    this.outstanding = Math.max(0, this.outstanding) + batch;
    return JSON.stringify({
      batch,
      max_bytes: REQUEST_BYTES,
      expires: EXPIRES_MS * NANOS,
      idle_heartbeat: heartbeatMs * NANOS,
    });
  }

  /** A request for what the server has now. */
  fetch(batch: number): string {
    this.outstanding = Math.max(0, this.outstanding) + batch;
    return JSON.stringify({ batch, max_bytes: REQUEST_BYTES, no_wait: true });
  }
}
