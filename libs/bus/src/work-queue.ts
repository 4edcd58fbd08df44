import type { StreamDefinition } from '@groundswell/contracts';
import { createInbox, type Msg, type Subscription } from '@nats-io/nats-core';
import { AckPolicy, JetStreamApiCodes } from '@nats-io/jetstream';
import { inner, type Bus, type NatsBus } from './bus.js';
import { parseDelivery } from './delivery.js';
import { ensureStreams } from './ensure-streams.js';
import { StreamUnavailable } from './errors.js';
import { apiFailure, isCode } from './stream-api.js';

/** A message that somebody has to work off. Exactly one of `done`, `later` and `drop` ends it. */
export interface Task {
  subject: string;
  data: Uint8Array;
  /** Position in the stream. */
  seq: number;
  /** How often it has been handed out, this time included. */
  deliveries: number;
  /** When it was stored, Unix milliseconds. */
  at: number;
  /** It is worked off and leaves the queue. */
  done(): void;
  /** It is handed out again, after so many milliseconds at the earliest. */
  later(delayMs: number): void;
  /** It takes longer: the time after which it is handed out again begins anew. */
  busy(): void;
  /** It can never be worked off and leaves the queue. */
  drop(): void;
}

export interface TakeOptions {
  /** Milliseconds to wait for a first task. */
  waitMs: number;
  /** Ends the waiting; what still comes goes back to the queue. */
  signal?: AbortSignal;
}

/** One kind of work; any number of processes take from it. */
export interface WorkQueue {
  /**
   * What is there, at most `most` tasks, or else the first one that comes. Makes stream and consumer anew when they are
   * gone: what was in them is lost then. Throws `StreamUnavailable`.
   */
  take(most: number, options: TakeOptions): Promise<Task[]>;
  /** Resolves when the server has got every `done`, `later` and `drop`. */
  settled(): Promise<void>;
}

export interface WorkQueueOptions {
  bus: Bus;
  stream: StreamDefinition;
  /** Tasks on this subject. Two queues of one stream must not overlap. */
  subject: string;
  /** Of the consumer that all processes share. */
  name: string;
  /** A task that is not ended for so long, milliseconds, is handed out again. */
  ackWaitMs: number;
  /** Copies in a cluster; default 1. */
  replicas?: number;
}

const NANOS = 1_000_000;
/** Tasks handed out and not ended, all processes together. */
const PENDING_MOST = 20_000;
/** The server answers within this time, or is not there. */
const ANSWER_MS = 2_000;

const ACK = '+ACK';
const TERM = '+TERM';
const BUSY = '+WPI';

/** Opens a queue, making what is missing of it. */
export async function openWorkQueue(options: WorkQueueOptions): Promise<WorkQueue> {
  const queue = new PulledQueue(inner(options.bus), options);
  await queue.ensure();
  return queue;
}

/** What a request brought. `missing`: there is no such consumer. */
interface Brought {
  messages: Msg[];
  missing: boolean;
}

const NOTHING: Brought = { messages: [], missing: false };

class PulledQueue implements WorkQueue {
  constructor(
    private readonly bus: NatsBus,
    private readonly o: WorkQueueOptions,
  ) {}

  async ensure(): Promise<void> {
    const { stream, subject, name, ackWaitMs, replicas = 1 } = this.o;
    await ensureStreams(this.bus, [stream], { replicas });
    try {
      await this.bus.api.consumers.add(stream.name, {
        durable_name: name,
        filter_subject: subject,
        ack_policy: AckPolicy.Explicit,
        ack_wait: ackWaitMs * NANOS,
        // Beyond a limit the server would leave a task in the stream for ever: the worker counts and decides.
        max_deliver: -1,
        max_ack_pending: PENDING_MOST,
      });
    } catch (cause) {
      if (isCode(cause, JetStreamApiCodes.StreamNotFound)) return this.ensure();
      throw new StreamUnavailable(`the queue ${name} could not be made: ${apiFailure(cause)}`, { cause });
    }
  }

  async take(most: number, { waitMs, signal }: TakeOptions): Promise<Task[]> {
    const there = await this.ask({ batch: most, no_wait: true }, { waitMs: 0, most });
    if (there.missing) {
      this.bus.log.warn({ queue: this.o.name }, 'a work queue was gone; it is made anew, empty');
      await this.ensure();
    }
    if (there.messages.length > 0 || signal?.aborted) return there.messages.map((message) => this.task(message));
    const first = await this.ask(
      { batch: 1, expires: waitMs * NANOS },
      { waitMs, most: 1, ...(signal ? { signal } : {}) },
    );
    const rest =
      first.messages.length > 0 && most > 1 && parseDelivery(first.messages[0]!)!.pending > 0
        ? await this.ask({ batch: most - 1, no_wait: true }, { waitMs: 0, most: most - 1 }).catch(() => NOTHING)
        : NOTHING;
    return [...first.messages, ...rest.messages].map((message) => this.task(message));
  }

  settled(): Promise<void> {
    return this.bus.nats.flush();
  }

  /** One request, until it is fulfilled or the server says that there is no more. */
  private async ask(
    request: object,
    { waitMs, most, signal }: { waitMs: number; most: number; signal?: AbortSignal },
  ): Promise<Brought> {
    if (!this.bus.up) throw new StreamUnavailable('there is no connection to NATS');
    const { stream, name } = this.o;
    const inbox = createInbox();
    const messages: Msg[] = [];
    let given = false;
    let end: (fault?: Error | 'missing') => void = () => undefined;
    const ended = new Promise<'missing' | undefined>((resolve, reject) => {
      end = (fault) => (fault instanceof Error ? reject(fault) : resolve(fault));
    });
    const subscription: Subscription = this.bus.nats.subscribe(inbox, {
      callback: (error, message) => {
        if (error) return end(new StreamUnavailable(error.message, { cause: error }));
        if (!parseDelivery(message)) return end(faultOf(message));
        // Nobody waits any more: somebody else may have it at once.
        if (given) {
          message.respond('-NAK');
          return;
        }
        messages.push(message);
        if (messages.length === most) end();
      },
    });
    // A server without that consumer says nothing.
    const timer = setTimeout(() => {
      void this.exists().then(
        (there) => end(there ? new StreamUnavailable(`the queue ${name} does not answer`) : 'missing'),
        end,
      );
    }, waitMs + ANSWER_MS);
    const giveUp = (): void => end();
    signal?.addEventListener('abort', giveUp);
    const offChange = this.bus.onChange((up) => {
      if (!up) end(new StreamUnavailable('the connection to NATS broke'));
    });
    try {
      this.bus.nats.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream.name}.${name}`, JSON.stringify(request), {
        reply: inbox,
      });
      const missing = (await ended) === 'missing';
      return { messages, missing };
    } catch (fault) {
      // What is in hand would come again only after the time that a worker has for it; the next request meets the fault.
      if (messages.length === 0) throw fault;
      return { messages, missing: false };
    } finally {
      given = true;
      clearTimeout(timer);
      offChange();
      signal?.removeEventListener('abort', giveUp);
      this.leave(subscription, signal?.aborted === true ? waitMs : 0);
    }
  }

  private async exists(): Promise<boolean> {
    const { stream, name } = this.o;
    try {
      await this.bus.api.consumers.info(stream.name, name);
      return true;
    } catch (cause) {
      if (isCode(cause, JetStreamApiCodes.ConsumerNotFound) || isCode(cause, JetStreamApiCodes.StreamNotFound)) {
        return false;
      }
      throw new StreamUnavailable(`the queue ${name} does not answer: ${apiFailure(cause)}`, { cause });
    }
  }

  /** A request that was given up is still open at the server: what it brings is given back. */
  private leave(subscription: Subscription, openMs: number): void {
    const close = (): void => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    };
    if (openMs === 0) close();
    else setTimeout(close, openMs).unref();
  }

  private task(message: Msg): Task {
    const { streamSeq, delivered, timestamp } = parseDelivery(message)!;
    return {
      subject: message.subject,
      data: message.data,
      seq: streamSeq,
      deliveries: delivered,
      at: timestamp,
      done: () => void message.respond(ACK),
      later: (delayMs) => void message.respond(`-NAK ${JSON.stringify({ delay: delayMs * NANOS })}`),
      busy: () => void message.respond(BUSY),
      drop: () => void message.respond(TERM),
    };
  }
}

/** What a remark of the server means for a request: nothing more, no such consumer, or a fault. */
function faultOf({ headers }: Msg): 'missing' | Error | undefined {
  const code = headers?.code;
  const status = headers?.status ?? '';
  if (code === 404 || code === 408) return undefined;
  // 409 has many reasons.
  if (code === 503 || (code === 409 && /deleted/i.test(status))) return 'missing';
  if (code === 409) return undefined;
  return new StreamUnavailable(`the server said ${code} ${status}`);
}
