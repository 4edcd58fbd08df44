import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { BusUnreachable } from './errors.js';
import { SILENT, type Log } from './log.js';

export interface BusOptions {
  servers: string | string[];
  /** Shown by the server's monitoring. */
  name: string;
  log?: Log;
  /** Milliseconds that the first connect may take in all; default 10,000. */
  deadlineMs?: number;
  user?: string;
  pass?: string;
}

export interface BusHealth {
  up: boolean;
  /** Unix milliseconds since when it is up, or down. */
  since: number;
  reconnects: number;
  serverVersion: string;
  /** Absent while it is down, or when no answer came within a second. */
  roundTripMs?: number;
}

/** A connection to NATS that comes back by itself, for ever. */
export interface Bus {
  readonly name: string;
  readonly up: boolean;
  health(): Promise<BusHealth>;
  /** Calls `listener` on every change of `up`; returns what ends that. */
  onChange(listener: (up: boolean) => void): () => void;
  /** Stops accepting, lets what is on its way arrive, closes. At most some 2 s; may be called again. */
  close(): Promise<void>;
}

const RECONNECT_MS = 200;
/** A server that is silent for about 2 × 2 s counts as gone. */
const PING_MS = 2_000;
const ATTEMPT_MS = 2_000;
const CLOSE_MS = 2_000;
/** Between two beats: see `onBeat`. */
export const BEAT_MS = 1_000;
/** Of a question to the JetStream API. */
const API_MS = 2_000;

/** Connects, waiting for the server until the deadline. Throws `BusUnreachable`. */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const { servers, name, log = SILENT, deadlineMs = 10_000, user, pass } = options;
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    try {
      const connection = await connect({
        servers,
        name,
        user,
        pass,
        timeout: ATTEMPT_MS,
        reconnect: true,
        maxReconnectAttempts: -1,
        reconnectDelayHandler: () => RECONNECT_MS * (0.75 + Math.random() / 2),
        pingInterval: PING_MS,
        maxPingOut: 2,
        ignoreAuthErrorAbort: true,
        noAsyncTraces: true,
      });
      return new NatsBus(
        connection,
        await jetstreamManager(connection, { checkAPI: false, timeout: API_MS }),
        name,
        log,
      );
    } catch (cause) {
      if (performance.now() > deadline) {
        const where = [servers].flat().join(', ');
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new BusUnreachable(`no NATS server answers at ${where} within ${deadlineMs} ms: ${why}`, { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }
}

/** The bus as this library sees it; everyone else sees `Bus`. */
export class NatsBus implements Bus {
  private isUp = true;
  private since = Date.now();
  private reconnects = 0;
  private closing: Promise<void> | undefined;
  private readonly listeners = new Set<(up: boolean) => void>();
  private readonly watchers = new Set<() => void>();
  private beat: NodeJS.Timeout | undefined;
  /** Waited for by `close`, e.g. publishes without an answer yet. */
  private readonly drains = new Set<() => Promise<void>>();

  constructor(
    readonly nats: NatsConnection,
    readonly api: JetStreamManager,
    readonly name: string,
    readonly log: Log,
  ) {
    void this.follow();
  }

  get up(): boolean {
    return this.isUp && this.closing === undefined;
  }

  get closed(): boolean {
    return this.closing !== undefined;
  }

  async health(): Promise<BusHealth> {
    const { up, since, reconnects } = this;
    const health = { up, since, reconnects, serverVersion: this.nats.info?.version ?? 'unknown' };
    const roundTripMs = up ? await within(1_000, this.nats.rtt()).catch(() => undefined) : undefined;
    return roundTripMs === undefined ? health : { ...health, roundTripMs };
  }

  onChange(listener: (up: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `watch` every `BEAT_MS`, all in one wake-up of the process; returns what ends that. */
  onBeat(watch: () => void): () => void {
    this.watchers.add(watch);
    this.beat ??= setInterval(() => {
      for (const one of this.watchers) one();
    }, BEAT_MS);
    return () => {
      this.watchers.delete(watch);
      if (this.watchers.size > 0) return;
      clearInterval(this.beat);
      this.beat = undefined;
    };
  }

  onClose(drain: () => Promise<void>): () => void {
    this.drains.add(drain);
    return () => this.drains.delete(drain);
  }

  close(): Promise<void> {
    this.closing ??= this.drainAndClose();
    return this.closing;
  }

  private async drainAndClose(): Promise<void> {
    await within(CLOSE_MS, Promise.all([...this.drains].map((drain) => drain()))).catch(() => undefined);
    if (this.isUp) await within(CLOSE_MS, this.nats.drain()).catch(() => undefined);
    await this.nats.close();
    this.change(false);
  }

  private async follow(): Promise<void> {
    for await (const { type } of this.nats.status()) {
      if (type === 'disconnect') this.change(false);
      else if (type === 'reconnect') {
        this.reconnects++;
        this.change(true);
      }
    }
    this.change(false);
  }

  private change(up: boolean): void {
    if (this.isUp === up) return;
    this.isUp = up;
    this.since = Date.now();
    const fields = { bus: this.name, server: this.nats.getServer(), reconnects: this.reconnects };
    if (up) this.log.info(fields, 'connected to NATS again');
    else if (!this.closing) this.log.warn(fields, 'lost the connection to NATS');
    for (const listener of this.listeners) listener(up);
  }
}

/** The inner side of a bus that `connectBus` made. */
export function inner(bus: Bus): NatsBus {
  if (!(bus instanceof NatsBus)) throw new TypeError('this bus was not made by connectBus');
  return bus;
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
