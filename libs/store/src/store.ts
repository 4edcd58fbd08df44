import { createClient, RESP_TYPES } from 'redis';
import { StoreUnreachable, storeError } from './errors.js';
import { Flights, type StoreUsage } from './flights.js';
import { SILENT, type Log } from './log.js';
import type { Script } from './script.js';

export interface StoreOptions {
  /** `redis://[user:password@]host:port[/db]` */
  url: string;
  log?: Log;
  /** Milliseconds that the first connect may take in all; default 10,000. */
  deadlineMs?: number;
}

export interface StoreHealth {
  up: boolean;
  /** Unix milliseconds since when it is up, or down. */
  since: number;
  reconnects: number;
  /** Absent while it is down. */
  roundTripMs?: number;
}

/** A connection to Redis that comes back by itself, for ever. While it is down, commands fail at once. */
export interface Store {
  readonly up: boolean;
  /** Since it was connected. */
  readonly usage: Readonly<StoreUsage>;
  health(): Promise<StoreHealth>;
  /** Waits for the answers of what was sent, at most 2 s, then closes; may be called again. */
  close(): Promise<void>;
}

const RETRY_MS = { first: 50, most: 1_000 };
/** A server that is silent for this long counts as gone; the driver asks it for a sign in between. */
const SILENCE_MS = 5_000;
const PING_MS = 1_500;
const CLOSE_MS = 2_000;
/** Commands without an answer; one more is refused. */
const QUEUE = 50_000;

type Client = ReturnType<typeof makeClient>;

function makeClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: QUEUE,
    pingInterval: PING_MS,
    // The driver's own deadline costs a timer of 5 s for every command; a silent server is noticed by the socket.
    // A map as an object would cost a hidden class for every reply.
    commandOptions: { timeout: undefined, typeMapping: { [RESP_TYPES.MAP]: Map } },
    socket: {
      connectTimeout: 2_000,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) =>
        Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** retries) * (0.75 + Math.random() / 2),
    },
  });
}

/** Connects, waiting for the server until the deadline. Throws `StoreUnreachable`. */
export async function connectStore({ url, log = SILENT, deadlineMs = 10_000 }: StoreOptions): Promise<Store> {
  const client = makeClient(url);
  let last: unknown;
  const remember = (error: unknown) => (last = error);
  client.on('error', remember);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const why = last instanceof Error ? last.message : 'no answer';
      const where = url.replace(/\/\/[^@/]*@/, '//');
      reject(new StoreUnreachable(`no Redis answers at ${where} within ${deadlineMs} ms: ${why}`, { cause: last }));
    }, deadlineMs);
  });
  try {
    await Promise.race([client.connect(), late]);
  } catch (error) {
    client.destroy();
    throw error instanceof StoreUnreachable ? error : storeError(error);
  } finally {
    clearTimeout(timer);
  }
  return new RedisStore(client, log);
}

/** The store as this library sees it; everyone else sees `Store`. */
export class RedisStore implements Store {
  private isUp = true;
  private since = Date.now();
  private reconnects = 0;
  private closing: Promise<void> | undefined;
  private readonly flights = new Flights();

  constructor(
    readonly client: Client,
    private readonly log: Log,
  ) {
    client.on('ready', () => {
      this.reconnects++;
      this.change(true);
    });
    // Emitted for every failed attempt too; the reason is worth one line, when the connection is lost.
    client.on('error', (error: Error) => this.change(false, error.message));
    client.on('reconnecting', () => this.change(false));
  }

  get up(): boolean {
    return this.isUp && this.closing === undefined;
  }

  get usage(): Readonly<StoreUsage> {
    return this.flights.usage;
  }

  async health(): Promise<StoreHealth> {
    const { up, since, reconnects } = this;
    if (!up) return { up, since, reconnects };
    const asked = performance.now();
    try {
      await this.send(['PING']);
      return { up, since, reconnects, roundTripMs: performance.now() - asked };
    } catch {
      return { up: false, since, reconnects };
    }
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  /** Sends a command. Commands of one turn of the event loop leave in one write. */
  async send(command: string[]): Promise<unknown> {
    this.flights.add();
    try {
      return await this.client.sendCommand(command);
    } catch (error) {
      throw storeError(error);
    }
  }

  /** Runs a script; sends its text only when the server does not know it yet. */
  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args];
    this.flights.add();
    try {
      return await this.client.sendCommand(['EVALSHA', script.sha, ...rest]);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw storeError(error);
    }
    return this.send(['EVAL', script.text, ...rest]);
  }

  private async finish(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    // Waits for answers; rejects when there is no connection.
    if (this.client.isReady) await Promise.race([this.client.close().catch(() => undefined), late]);
    clearTimeout(timer);
    if (this.client.isOpen) this.client.destroy();
    this.isUp = false;
  }

  private change(up: boolean, reason?: string): void {
    if (this.isUp === up) return;
    this.isUp = up;
    this.since = Date.now();
    if (up) this.log.info({ reconnects: this.reconnects }, 'connected to Redis again');
    else if (!this.closing) this.log.warn({ reason }, 'lost the connection to Redis');
  }
}

/** The inner side of a store that `connectStore` made. */
export function inner(store: Store): RedisStore {
  if (!(store instanceof RedisStore)) throw new TypeError('this store was not made by connectStore');
  return store;
}
