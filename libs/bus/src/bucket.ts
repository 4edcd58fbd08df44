import type { BucketDefinition } from '@groundswell/contracts';
import { inner, type Bus, type NatsBus } from './bus.js';
import { watchBucket, type Watching, type WatchOptions } from './bucket-watch.js';
import { isDeletion, OPERATION } from './deletion.js';
import { KeyExists, WrongLastSequence } from './errors.js';
import { publisher, type Publisher } from './publisher.js';
import { readMessage } from './stream-api.js';
import { bucketStream } from './stream-settings.js';

export interface Entry {
  key: string;
  value: Uint8Array;
  /** Position of this value; what `update` asks for. */
  revision: number;
  /** When it was stored, Unix milliseconds. */
  at: number;
  /** The key was deleted; `value` is empty. */
  deleted: boolean;
}

/** A key-value bucket. Writes reject with the errors of `publish`; reads with `StreamUnavailable`. */
export interface Bucket {
  readonly definition: BucketDefinition;
  /** The newest value; undefined when there is none or it was deleted. */
  get(key: string): Promise<Entry | undefined>;
  /** Writes a key that does not exist; `KeyExists` otherwise. Gives the revision, like the others. */
  create(key: string, value: Uint8Array): Promise<number>;
  put(key: string, value: Uint8Array): Promise<number>;
  /** Writes only over the revision given; `WrongLastSequence` otherwise. */
  update(key: string, value: Uint8Array, revision: number): Promise<number>;
  delete(key: string, revision?: number): Promise<void>;
  /** Tells the newest value of every key, then every change, over reconnects. See `WatchOptions`. */
  watch(options: WatchOptions): Promise<Watching>;
}

const KEY = /^[-/_=.a-zA-Z0-9]+$/;
const WRITE_MS = 2_000;

/** Opens a bucket that `ensureBuckets` has made. */
export function openBucket(bus: Bus, definition: BucketDefinition): Bucket {
  return new StreamBucket(inner(bus), definition);
}

class StreamBucket implements Bucket {
  private readonly publisher: Publisher;
  private readonly prefix: string;
  private readonly writeMs: number;

  constructor(
    private readonly bus: NatsBus,
    readonly definition: BucketDefinition,
  ) {
    // An answer that comes after the TTL is worth nothing: a lost one must not hold up the next attempt.
    this.writeMs = Math.min(WRITE_MS, definition.ttlMs ?? WRITE_MS);
    this.publisher = publisher(bus);
    this.prefix = `$KV.${definition.name}.`;
  }

  async get(key: string): Promise<Entry | undefined> {
    const entry = await this.last(key);
    return entry?.deleted ? undefined : entry;
  }

  async create(key: string, value: Uint8Array): Promise<number> {
    try {
      return await this.update(key, value, 0);
    } catch (cause) {
      if (!(cause instanceof WrongLastSequence)) throw cause;
      const last = await this.last(key);
      if (last && !last.deleted) throw new KeyExists(this.definition.name, key, { cause });
      return this.update(key, value, last?.revision ?? 0);
    }
  }

  put(key: string, value: Uint8Array): Promise<number> {
    return this.write(key, value, {});
  }

  update(key: string, value: Uint8Array, revision: number): Promise<number> {
    return this.write(key, value, {}, revision);
  }

  async delete(key: string, revision?: number): Promise<void> {
    await this.write(key, new Uint8Array(), { [OPERATION]: 'DEL' }, revision);
  }

  watch(options: WatchOptions): Promise<Watching> {
    return watchBucket(this.bus, this.definition.name, options);
  }

  private async write(
    key: string,
    data: Uint8Array,
    headers: Record<string, string>,
    revision?: number,
  ): Promise<number> {
    const envelope = { subject: this.subject(key), headers, data };
    const { seq } = await this.publisher.publish(envelope, { expectLastSubjectSeq: revision, timeoutMs: this.writeMs });
    return seq;
  }

  private async last(key: string): Promise<Entry | undefined> {
    const found = await readMessage(this.bus, bucketStream(this.definition.name), { lastBySubject: this.subject(key) });
    if (!found) return undefined;
    return { key, value: found.data, revision: found.seq, at: found.at, deleted: isDeletion(found.headers) };
  }

  private subject(key: string): string {
    if (!KEY.test(key) || key.startsWith('.') || key.endsWith('.')) {
      throw new TypeError(`${JSON.stringify(key)} cannot be a key: use letters, digits and - / _ = . inside`);
    }
    return this.prefix + key;
  }
}
