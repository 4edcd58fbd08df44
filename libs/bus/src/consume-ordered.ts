import type { Stored } from '@groundswell/contracts';
import { inner, type Bus } from './bus.js';
import { OrderedReader } from './ordered-reader.js';
import type { Rests } from './puller.js';

/** A message of the log with the time when it was stored, Unix milliseconds. */
export interface Consumed extends Stored {
  timestamp: number;
}

export interface ConsumeOptions {
  bus: Bus;
  stream: string;
  /** One subject, with wildcards. */
  filter: string;
  /** First position wanted (0 and 1: from the beginning), and the `createdText` of the log that it belongs to. */
  from: { seq: number; created?: string };
  /** Receives messages in order, each once; the next batch waits until this one is handled. An error ends it all. */
  onMessages: (batch: Consumed[]) => void | Promise<void>;
  /**
   * While many messages come they are fetched in bursts, with rests in between: that spares wakings, which cost more than
   * messages. The first after a quiet time comes at once. By default every one does.
   */
  rests?: Rests;
  /** Everything in the log has been handled. Again after every time of being behind. */
  onCaughtUp?: () => void;
  /** Ends it, as `stop` does. */
  signal?: AbortSignal;
}

export interface Consumption {
  /** Creation of the log, Unix milliseconds, and as the server writes it. */
  readonly created: number;
  readonly createdText: string;
  /** Highest position handled; `from.seq` − 1 when none was. */
  readonly position: number;
  readonly caughtUp: boolean;
  /** Messages that match and are not handled yet, as far as known; does not grow while the connection is down. */
  readonly lag: number;
  /** Ends a rest: something has been said that should be read at once. */
  hurry(): void;
  /** Resolves after `stop`; rejects with `LogChanged`, or with what `onMessages` threw. */
  readonly done: Promise<void>;
  /** Resolves when the batch in hand is handled. */
  stop(): Promise<void>;
}

/**
 * Hands over the messages of a stream in order, each once, from a position on, for ever: over lost connections and
 * crashes of the server too. Rejects with `StartBeyondEnd`, `LogChanged` or `StreamMissing`; while NATS is out it waits.
 */
export async function consumeOrdered(options: ConsumeOptions): Promise<Consumption> {
  const { bus, stream, filter, from, onMessages, onCaughtUp, rests, signal } = options;
  let position = Math.max(0, from.seq - 1);
  const reader = new OrderedReader<Consumed>({
    bus: inner(bus),
    stream,
    filter,
    start: from,
    onChange: 'fail',
    rests,
    read: (message, seq, timestamp) => ({ subject: message.subject, seq, data: message.data, timestamp }),
    onBatch: async (batch, lastSeq) => {
      await onMessages(batch);
      position = lastSeq;
    },
    onCaughtUp: () => onCaughtUp?.(),
  });
  const stop = () => reader.stop();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  await reader.open();
  const done = reader.run().finally(() => signal?.removeEventListener('abort', stop));
  done.catch((error: Error) => {
    inner(bus).log.error({ stream, position, error: error.message, name: error.name }, 'the reading of a stream ended');
  });
  return {
    get created() {
      return reader.log?.created ?? 0;
    },
    get createdText() {
      return reader.log?.createdText ?? '';
    },
    get position() {
      return position;
    },
    get caughtUp() {
      return reader.caughtUp && position === reader.received;
    },
    get lag() {
      return reader.pending + reader.waiting;
    },
    hurry: () => reader.hurry(),
    done,
    stop: async () => {
      stop();
      await done.catch(() => undefined);
    },
  };
}
