import { nuid } from '@nats-io/nats-core';
import type { Bucket } from './bucket.js';
import { KeyExists, WrongLastSequence } from './errors.js';

export interface LeaseOptions {
  /** A bucket with a TTL: the lease is lost when it is not renewed for that long. */
  bucket: Bucket;
  key: string;
  /** Who asks, for people that look into the bucket. */
  holder: string;
  /** Milliseconds between renewals, or attempts to take it over; default a third of the TTL. */
  renewMs?: number;
  onChange?: (held: boolean) => void;
  /** Monotonic milliseconds; for tests. */
  clock?: () => number;
}

/**
 * A right that one process at a time has, mostly: it saves work, and correctness must never rest on it.
 */
export interface Lease {
  /** True at most until the TTL after the last renewal was sent, by this process's own clock. */
  readonly held: boolean;
  /** Gives it up at once for others; resolves when that is done or cannot be. */
  release(): Promise<void>;
}

/** Tries to get the lease, and goes on trying, until `release`. */
export function lease(options: LeaseOptions): Lease {
  return new BucketLease(options);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

class BucketLease implements Lease {
  private readonly value: Uint8Array;
  private readonly id = nuid.next();
  private readonly ttlMs: number;
  private readonly renewMs: number;
  private readonly clock: () => number;
  private revision: number | undefined;
  private until = -Infinity;
  private told = false;
  private released = false;
  private timer: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private attempt: Promise<void> = Promise.resolve();

  constructor(private readonly options: LeaseOptions) {
    const { ttlMs } = options.bucket.definition;
    if (!ttlMs) throw new TypeError('a lease needs a bucket with a TTL');
    this.ttlMs = ttlMs;
    this.renewMs = options.renewMs ?? ttlMs / 3;
    if (this.renewMs >= ttlMs) throw new RangeError(`renewMs must be less than the TTL of ${ttlMs} ms`);
    this.clock = options.clock ?? (() => performance.now());
    this.value = encoder.encode(JSON.stringify({ holder: options.holder, id: this.id }));
    this.go();
  }

  get held(): boolean {
    return !this.released && this.clock() < this.until;
  }

  async release(): Promise<void> {
    if (this.released) return;
    const { revision } = this;
    const held = this.held;
    this.released = true;
    clearTimeout(this.timer);
    this.tell();
    await this.attempt;
    if (held && (this.revision ?? revision) !== undefined) {
      await this.options.bucket.delete(this.options.key, this.revision ?? revision).catch(() => undefined);
    }
  }

  private go(): void {
    this.attempt = this.once().finally(() => {
      if (!this.released) this.timer = setTimeout(() => this.go(), this.renewMs);
    });
  }

  private async once(): Promise<void> {
    const { bucket, key } = this.options;
    // Counted from before it is sent: the server counts from when it is stored, which is later.
    const sent = this.clock();
    try {
      this.revision =
        this.revision === undefined
          ? await bucket.create(key, this.value)
          : await bucket.update(key, this.value, this.revision);
      // It ran out before it was renewed, and whoever looked meanwhile was told so: they must hear that it is back.
      if (!this.held) this.told = false;
      this.until = sent + this.ttlMs;
    } catch (error) {
      if (error instanceof KeyExists || error instanceof WrongLastSequence) await this.lost();
      // Anything else: not known. What was held runs out by itself.
    }
    this.tell();
  }

  /** Another has it, or a renewal of ours was stored without our hearing of it. */
  private async lost(): Promise<void> {
    const entry = await this.options.bucket.get(this.options.key).catch(() => undefined);
    const ours = entry !== undefined && (JSON.parse(decoder.decode(entry.value)) as { id?: string }).id === this.id;
    this.revision = ours ? entry.revision : undefined;
    if (!ours) this.until = -Infinity;
  }

  private tell(): void {
    const { held } = this;
    clearTimeout(this.expiry);
    if (held) this.expiry = setTimeout(() => this.tell(), Math.max(1, this.until - this.clock()));
    if (held === this.told) return;
    this.told = held;
    this.options.onChange?.(held);
  }
}
