import type { Entry } from './bucket.js';
import type { NatsBus } from './bus.js';
import { isDeletion } from './deletion.js';
import { OrderedReader } from './ordered-reader.js';
import { bucketStream } from './stream-settings.js';

export interface WatchOptions {
  /** Keys to watch: one filter, e.g. `levers.*` (server 2.9 has no more). Default: all. */
  keys?: string;
  /**
   * The newest value of every key, then every change. Values in between may be left out after a broken connection, the
   * newest never. Entries that expire are not told.
   */
  onEntry: (entry: Entry) => void;
  /** All keys that were there have been told; again after each reconnect. */
  onReady?: () => void;
}

export interface Watching {
  /** Everything known to the server has been told. */
  readonly caughtUp: boolean;
  stop(): Promise<void>;
}

/** Rejects with `StreamMissing` when there is no such bucket. */
export async function watchBucket(bus: NatsBus, bucket: string, options: WatchOptions): Promise<Watching> {
  const { keys = '>', onEntry, onReady } = options;
  const prefix = `$KV.${bucket}.`;
  const reader = new OrderedReader<Entry>({
    bus,
    stream: bucketStream(bucket),
    filter: prefix + keys,
    start: 'newest-per-subject',
    onChange: 'again',
    read: (message, seq, at) => {
      const deleted = isDeletion(message.headers);
      return { key: message.subject.slice(prefix.length), value: message.data, revision: seq, at, deleted };
    },
    onBatch: (batch) => batch.forEach(onEntry),
    onCaughtUp: () => onReady?.(),
  });
  await reader.open();
  const done = reader.run();
  done.catch((error: Error) => bus.log.error({ bucket, error: error.message }, 'the watch of a bucket ended'));
  return {
    get caughtUp() {
      return reader.caughtUp;
    },
    stop: async () => {
      reader.stop();
      await done.catch(() => undefined);
    },
  };
}
