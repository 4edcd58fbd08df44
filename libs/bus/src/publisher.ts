import { createInbox, type Msg } from '@nats-io/nats-core';
import type { Envelope } from '@groundswell/contracts';
import { readAcknowledgement, type Published } from './acknowledgement.js';
import { inner, type Bus, type NatsBus } from './bus.js';
import { Overloaded, PublishUnknown, Refused } from './errors.js';
import { headerBlock } from './header-block.js';
import { Slots } from './slots.js';

export interface PublishOptions {
  /** Store only if this is the last position of the subject; 0: if there is nothing on it. */
  expectLastSubjectSeq?: number;
  /** Milliseconds until `PublishUnknown`, waiting included; default 5,000. */
  timeoutMs?: number;
}

export interface PublisherOptions {
  /** Publishes without an answer at a time; more wait their turn. Default 1,000. */
  inFlight?: number;
  /** Publishes that may wait; one more is refused as `Overloaded`. Default 10,000. */
  waiting?: number;
}

export interface Publisher {
  /**
   * Stores a message. Rejects with `PublishUnknown`, `Overloaded`, `StorageFull`, `WrongLastSequence` or `Refused`;
   * after `PublishUnknown` it may be stored all the same, or still become so: repeat it with the same id.
   */
  publish(envelope: Envelope, options?: PublishOptions): Promise<Published>;
  readonly inFlight: number;
  readonly waiting: number;
}

interface Pending {
  envelope: Envelope;
  expectLastSubjectSeq: number | undefined;
  deadline: number;
  resolve: (published: Published) => void;
  reject: (error: Error) => void;
}

/** Between two looks for deadlines. A timer that is cleared wakes the process all the same, so it is not a short one. */
const SWEEP_MS = 500;

/** Publishes into streams. Make one per process and share it: its bounds are per publisher. */
export function publisher(bus: Bus, options: PublisherOptions = {}): Publisher {
  return new PipelinedPublisher(inner(bus), options);
}

/**
 * One subscription receives every acknowledgement, one timer watches every deadline: a publish costs a slot and a
 * promise. Nothing is handed to the driver while the connection is down, since it would keep it for later.
 */
class PipelinedPublisher implements Publisher {
  private readonly waitingMax: number;
  private readonly inbox = createInbox();
  private readonly sent: Slots<Pending>;
  private queue: Pending[] = [];
  private queueHead = 0;
  private timer: NodeJS.Timeout | undefined;
  private idle: (() => void)[] = [];

  constructor(
    private readonly bus: NatsBus,
    options: PublisherOptions,
  ) {
    this.sent = new Slots(options.inFlight ?? 1_000);
    this.waitingMax = options.waiting ?? 10_000;
    bus.nats.subscribe(`${this.inbox}.*`, { callback: (_, message) => this.answered(message) });
    bus.onChange((up) => {
      if (!up) this.failAll('the connection to NATS broke before the answer');
    });
    bus.onClose(() => this.drained());
  }

  get inFlight(): number {
    return this.sent.size;
  }

  get waiting(): number {
    return this.queue.length - this.queueHead;
  }

  publish(envelope: Envelope, { expectLastSubjectSeq, timeoutMs = 5_000 }: PublishOptions = {}): Promise<Published> {
    if (!this.bus.up) return Promise.reject(new PublishUnknown('there is no connection to NATS'));
    if (this.waiting >= this.waitingMax) {
      return Promise.reject(new Overloaded(`${this.waiting} publishes wait already`));
    }
    return new Promise((resolve, reject) => {
      const deadline = performance.now() + timeoutMs;
      const pending: Pending = { envelope, expectLastSubjectSeq, deadline, resolve, reject };
      this.timer ??= setInterval(() => this.sweep(), SWEEP_MS);
      if (!this.sent.full) this.send(pending);
      else this.queue.push(pending);
    });
  }

  private send(pending: Pending): void {
    const { envelope, expectLastSubjectSeq } = pending;
    const token = this.sent.add(pending);
    try {
      this.bus.nats.publish(envelope.subject, envelope.data, {
        headers: headerBlock(envelope.headers, expectLastSubjectSeq),
        reply: `${this.inbox}.${token}`,
      });
    } catch (cause) {
      this.sent.take(token);
      const { message } = cause as Error;
      const tooLarge = /max_payload/.test(message);
      pending.reject(
        this.bus.up || tooLarge ? new Refused(message, { cause }) : new PublishUnknown(message, { cause }),
      );
    }
  }

  private answered(message: Msg): void {
    const token = Number(message.subject.slice(this.inbox.length + 1));
    const pending = this.sent.take(token);
    if (!pending) return;
    const answer = readAcknowledgement(message);
    if (answer instanceof Error) pending.reject(answer);
    else pending.resolve(answer);
    this.next();
  }

  private next(): void {
    while (this.queueHead < this.queue.length && !this.sent.full) {
      this.send(this.queue[this.queueHead++]!);
    }
    if (this.queueHead > 1_024 && this.queueHead * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.queueHead);
      this.queueHead = 0;
    }
    if (this.sent.size === 0 && this.waiting === 0) this.rest();
  }

  private sweep(): void {
    const now = performance.now();
    const late = this.sent.takeWhere(({ deadline }) => deadline <= now);
    for (const pending of late) pending.reject(new PublishUnknown('no answer in time'));
    const waiting = this.queue.slice(this.queueHead);
    this.queue = waiting.filter((pending) => pending.deadline > now);
    this.queueHead = 0;
    for (const pending of waiting) if (pending.deadline <= now) pending.reject(new PublishUnknown('no turn in time'));
    this.next();
  }

  private failAll(reason: string): void {
    const all = [...this.sent.takeWhere(() => true), ...this.queue.slice(this.queueHead)];
    this.queue = [];
    this.queueHead = 0;
    for (const pending of all) pending.reject(new PublishUnknown(reason));
    this.rest();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const resolve of this.idle) resolve();
    this.idle = [];
  }

  private drained(): Promise<void> {
    if (this.sent.size === 0 && this.waiting === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }
}
