import { createInbox, nuid, type Msg, type Subscription } from '@nats-io/nats-core';
import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { BEAT_MS, type NatsBus } from './bus.js';
import { LogChanged, StartBeyondEnd, StreamMissing, type LogIdentity } from './errors.js';
import { parseDelivery } from './delivery.js';
import { Puller, type Rests } from './puller.js';
import { apiFailure, fetchStream, summary, type StreamSummary } from './stream-api.js';

export interface ReaderOptions<T> {
  bus: NatsBus;
  stream: string;
  filter: string;
  /** First position wanted, or the newest message of every subject and then whatever comes. */
  start: { seq: number; created?: string } | 'newest-per-subject';
  /** What to do when the log is another one: fail, or read all of it again. */
  onChange: 'fail' | 'again';
  /** Makes what is handed over of a message. Called in order, once for each. */
  read: (message: Msg, seq: number, timestamp: number) => T;
  /** Receives what has arrived since the last call has ended. */
  onBatch: (batch: T[], lastSeq: number) => void | Promise<void>;
  onCaughtUp: () => void;
  /** While many messages come they are fetched in bursts, with rests in between; absent: never. */
  rests?: Rests | undefined;
}

/** Each beat wakes the process, for each reader. */
const HEARTBEAT_MS = 2_000;
const SILENCE_MS = 5_000;
const RETRY_MS = [50, 100, 200, 500, 1_000, 2_000];
/** A server that has just started may not have found its streams yet. */
const MISSING_MS = 5_000;
const NANOS = 1_000_000;

/**
 * Reads a stream in order through short-lived consumers of the server. Whatever disturbs the flow (a broken connection,
 * silence, a gap in the delivery numbers) ends the consumer; a new one starts after the last message received, once the
 * log has been proved to be the same. Messages wait in one array; `pull-window` bounds it.
 */
export class OrderedReader<T> {
  /** Log being read. */
  log: StreamSummary | undefined;
  /** Highest position received; what is before the wanted start counts as received. */
  received: number;
  /** Messages in the log after the last one received, as of its delivery. */
  pending = 0;
  attached = false;

  private readonly puller: Puller;
  private subscription: Subscription | undefined;
  private consumer = '';
  private deliveries = 0;
  private buffer: T[] = [];
  private wake: (() => void) | undefined;
  private lastActivity = 0;
  private lastTick = 0;
  private attaching = false;
  private stopped = false;
  private failure: Error | undefined;
  private caughtUpTold = false;
  private offBeat: () => void = () => undefined;
  private offChange: () => void = () => undefined;

  constructor(private readonly options: ReaderOptions<T>) {
    const { start, rests } = options;
    this.puller = new Puller({ rests, heartbeatMs: HEARTBEAT_MS, send: (request) => this.request(request) });
    this.received = start === 'newest-per-subject' ? 0 : Math.max(0, start.seq - 1);
  }

  /** Nothing waits to be handed over, and nothing more is in the log. */
  get caughtUp(): boolean {
    return this.attached && this.pending === 0 && this.puller.window.size === 0;
  }

  /** Messages received and not handled yet. */
  get waiting(): number {
    return this.puller.window.size;
  }

  /** Something has been said that should be read at once, rest or not. */
  hurry(): void {
    if (this.attached) this.puller.hurry();
  }

  /** Attaches for the first time. Rejects when the log is not there or is not the one wanted. */
  async open(): Promise<void> {
    if (this.stopped) return;
    const { bus } = this.options;
    this.offChange = bus.onChange((up) => {
      this.detach();
      if (bus.closed) this.stop();
      else if (up) void this.reattach();
    });
    this.offBeat = bus.onBeat(() => this.watch());
    await this.reattach();
    if (this.failure) throw this.failure;
  }

  /** Hands over until `stop`; rejects when the log has changed or the handler has failed. */
  async run(): Promise<void> {
    const { onBatch, onCaughtUp } = this.options;
    try {
      for (;;) {
        if (this.failure) throw this.failure;
        if (this.stopped) return;
        if (this.buffer.length > 0) {
          const batch = this.buffer;
          this.buffer = [];
          const { window } = this.puller;
          const share = window.share();
          await onBatch(batch, this.received);
          window.handled(share);
          if (this.attached) this.puller.pull();
          continue;
        }
        if (this.caughtUp && !this.caughtUpTold) {
          this.caughtUpTold = true;
          onCaughtUp();
          // It may have stopped the reading.
          continue;
        }
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      this.stop();
    }
  }

  stop(): void {
    if (!this.stopped) {
      this.stopped = true;
      this.offBeat();
      this.offChange();
      this.detach();
    }
    this.awake();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.stop();
  }

  private awake(): void {
    this.wake?.();
    this.wake = undefined;
  }

  private detach(): void {
    this.attached = false;
    this.caughtUpTold = false;
    this.puller.stop();
    const { bus, stream } = this.options;
    if (this.subscription && !this.subscription.isClosed()) this.subscription.unsubscribe();
    this.subscription = undefined;
    // The server forgets it by itself after a while; asking is only courtesy.
    if (this.consumer && bus.up) bus.api.consumers.delete(stream, this.consumer).catch(() => undefined);
    this.consumer = '';
  }

  private async reattach(): Promise<void> {
    if (this.attaching || this.stopped) return;
    this.attaching = true;
    const { bus, stream } = this.options;
    let missingSince: number | undefined;
    for (let attempt = 0; !this.stopped && !this.attached; attempt++) {
      if (bus.closed) {
        this.stop();
        break;
      }
      try {
        if (bus.up) await this.attach();
      } catch (error) {
        if (error instanceof StreamMissing) {
          missingSince ??= performance.now();
          if (!this.log) this.fail(error);
          else if (performance.now() - missingSince > MISSING_MS) this.fail(this.changed(this.log, undefined));
        } else if (error instanceof LogChanged || error instanceof StartBeyondEnd) this.fail(error);
        else bus.log.warn({ stream, reason: apiFailure(error) }, 'a stream could not be read; trying again');
      }
      if (!this.attached && !this.stopped) await this.pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]!);
    }
    this.attaching = false;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      if (this.stopped) {
        clearTimeout(timer);
        resolve();
      }
    });
  }

  private async attach(): Promise<void> {
    this.detach();
    const { bus, stream, filter } = this.options;
    const found = await fetchStream(bus, stream);
    if (!found) throw new StreamMissing(stream);
    const log = summary(found);
    this.check(log);

    const inbox = createInbox();
    this.deliveries = 0;
    const subscription = bus.nats.subscribe(inbox, {
      callback: (error, message) => this.arrived(subscription, error, message),
    });
    this.subscription = subscription;
    const name = `gs-${nuid.next()}`;
    try {
      const info = await bus.api.consumers.add(stream, this.consumerConfig(name, filter));
      if (this.subscription !== subscription) return;
      this.consumer = name;
      this.log = log;
      this.pending = info.num_pending;
      this.attached = true;
      this.lastActivity = this.lastTick = performance.now();
      this.puller.start();
      this.awake();
    } catch (error) {
      subscription.unsubscribe();
      throw error;
    }
  }

  private consumerConfig(name: string, filter: string): Partial<ConsumerConfig> {
    const all = this.options.start === 'newest-per-subject' && this.received === 0;
    return {
      name,
      filter_subject: filter,
      ...(all
        ? { deliver_policy: DeliverPolicy.LastPerSubject }
        : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.received + 1 }),
      ack_policy: AckPolicy.None,
      replay_policy: ReplayPolicy.Instant,
      max_deliver: 1,
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: 30_000 * NANOS,
    };
  }

  /** The server would start a reader that is beyond the end at the end, without a word. */
  private check(log: StreamSummary): void {
    const { stream, start, onChange } = this.options;
    const wanted = start === 'newest-per-subject' ? undefined : start;
    const known = this.log?.createdText ?? wanted?.created;
    const isOther = known !== undefined && log.createdText !== known;
    const lostEnd = log.lastSeq < this.received;
    const lostUnread = wanted !== undefined && this.received > 0 && log.firstSeq > this.received + 1;
    if (!isOther && !lostEnd && !lostUnread) return;
    if (onChange === 'again') {
      this.received = 0;
      this.options.bus.log.warn({ stream }, 'a bucket is not the one read so far; reading all of it again');
      return;
    }
    if (!this.log && !isOther && lostEnd) throw new StartBeyondEnd(stream, this.received + 1, log.lastSeq);
    throw this.changed({ ...log, createdText: known ?? log.createdText }, log);
  }

  private changed(was: StreamSummary, is: StreamSummary | undefined): LogChanged {
    const identity: LogIdentity | undefined = is && {
      created: is.createdText,
      firstSeq: is.firstSeq,
      lastSeq: is.lastSeq,
    };
    return new LogChanged(this.options.stream, { created: was.createdText, position: this.received }, identity);
  }

  private arrived(subscription: Subscription, error: Error | null, message: Msg): void {
    if (subscription !== this.subscription || this.stopped) return;
    if (error) return this.fail(error);
    this.lastActivity = performance.now();
    const delivery = parseDelivery(message);
    if (!delivery) return this.control(message);
    if (delivery.consumerSeq !== this.deliveries + 1) return this.disturbed('a gap in the delivery');
    this.deliveries = delivery.consumerSeq;
    if (delivery.streamSeq <= this.received) return;
    this.received = delivery.streamSeq;
    this.pending = delivery.pending;
    this.buffer.push(this.options.read(message, delivery.streamSeq, delivery.timestamp));
    this.caughtUpTold = false;
    this.awake();
    this.puller.arrived(message.data.length, delivery.pending);
  }

  private control(message: Msg): void {
    const code = message.headers?.code;
    if (code === 100) return;
    const left = message.headers?.get('Nats-Pending-Messages');
    if (code === 404) this.puller.returned(undefined, { nothing: true });
    else if ((code === 408 || code === 409) && left) {
      this.puller.returned(Number(left), { nothing: code === 408 });
    } else this.disturbed(`the server said ${message.headers?.status ?? 'nothing'}`);
  }

  private disturbed(reason: string): void {
    const { bus, stream } = this.options;
    bus.log.info({ stream, position: this.received, reason }, 'resuming the reading of a stream');
    this.detach();
    void this.reattach();
  }

  private request(request: string): void {
    if (!this.attached || !this.subscription) return;
    const { bus, stream } = this.options;
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${this.consumer}`;
    bus.nats.publish(subject, request, { reply: this.subscription.getSubject() });
  }

  private watch(): void {
    const now = performance.now();
    // A process that was stopped itself must not blame the server.
    if (now - this.lastTick > 2 * BEAT_MS || !this.puller.waits) this.lastActivity = now;
    this.lastTick = now;
    if (this.attached && now - this.lastActivity > SILENCE_MS) this.disturbed('silence');
  }
}
