import type {
  Ask,
  AuthReason,
  Credential,
  Fault,
  NoValue,
  Observation,
  Provider,
  Reply,
  SeenValue,
  StopSignal,
} from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import type { Budget } from '../budget/budget.js';
import type { Origin } from '../http/origin.js';
import { chunksOf, eachAtMost } from './clumps.js';
import { Conversation, type Batch } from './conversation.js';
import type { Dialect, Reading } from './dialect.js';
import { TokenOwners } from './token-owners.js';

export interface RemoteSettings {
  dialect: Dialect;
  origin: Origin;
  budget: Budget;
  clock: Clock;
  /** Asks answered at the same time. */
  concurrency: number;
  /** A permission is not accepted any more, while what it was asked for is still to be answered. */
  refused?: (refusal: Refusal) => Promise<void>;
}

/** Whose permission is not accepted any more, which one, and why. */
export interface Refusal {
  provider: string;
  watcher: string;
  grant: number;
  reason: AuthReason;
}

type Met = { ok: true; conversation: Conversation } | { ok: false; fault: Fault };

/** A printable token, as it goes into a header. */
const TOKEN = /^[\x21-\x7e]{1,4096}$/;

/** A provider that is asked over HTTP, each watcher by itself: what one may see another may not. */
export class RemoteProvider implements Provider {
  readonly name: string;
  readonly batch: number;
  readonly version: number;
  readonly polled = true;
  readonly #owners = new TokenOwners();

  constructor(private readonly settings: RemoteSettings) {
    ({ name: this.name, batch: this.batch, version: this.version } = settings.dialect);
  }

  get calls(): number {
    return this.settings.origin.requests;
  }

  async look(asks: readonly Ask[], signal: StopSignal): Promise<Reply[]> {
    const stop = new AbortController();
    const abort = (): void => stop.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    try {
      return await eachAtMost(this.settings.concurrency, asks, async (ask) => {
        const reply = await this.#reply(ask, stop.signal);
        await this.#tell(ask, reply);
        return reply;
      });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Of what cannot be taken back nothing is told. */
  async #tell({ watcher, credential }: Ask, reply: Reply): Promise<void> {
    if (reply.ok || reply.fault.kind !== 'auth' || credential?.grant === undefined) return;
    const { reason } = reply.fault;
    await this.settings.refused?.({ provider: this.name, watcher, grant: credential.grant, reason });
  }

  async #reply({ credential, subjects }: Ask, signal: AbortSignal): Promise<Reply> {
    const { dialect, clock } = this.settings;
    const seen = new Map<string, Observation>();
    const asked = new Set<string>();
    for (const subject of subjects) {
      if (dialect.id.test(subject)) asked.add(subject);
      else seen.set(subject, { kind: 'unknown', at: clock.now() });
    }
    if (asked.size === 0) return { ok: true, seen };
    const met = await this.#introduce(credential, signal);
    if (!met.ok) return met;
    const { conversation } = met;
    for (const ids of chunksOf(this.batch, [...asked])) {
      const got = await conversation.batch(ids);
      if (!got.ok) return failed(got.fault);
      this.#note(got.batch, ids, seen);
    }
    return { ok: true, seen };
  }

  /** Makes sure that the watcher may ask, and is who it says. */
  async #introduce(credential: Credential | undefined, signal: AbortSignal): Promise<Met> {
    const { owner } = this.settings.dialect;
    const { account, token } = credential ?? {};
    if (account === undefined) return failed({ kind: 'auth', reason: 'no_credential' });
    // A public API is shown no token.
    if (!owner) return { ok: true, conversation: new Conversation(this.settings, { account, signal }) };
    if (token === undefined || !TOKEN.test(token)) return failed({ kind: 'auth', reason: 'no_credential' });
    const conversation = new Conversation(this.settings, { account, token, signal });
    const fault = await this.#owners.check(conversation, { owner, account, token });
    return fault ? failed(fault) : { ok: true, conversation };
  }

  #note({ readings, sentAt }: Batch, ids: readonly string[], seen: Map<string, Observation>): void {
    for (const id of ids) {
      const reading = readings.get(id) ?? { kind: 'unknown' };
      seen.set(id, this.#observation(reading, sentAt));
    }
  }

  #observation(reading: Reading, at: number): SeenValue | NoValue {
    return reading.kind === 'value' ? { ...reading, at, version: this.version } : { ...reading, at };
  }
}

function failed(fault: Fault): { ok: false; fault: Fault } {
  return { ok: false, fault };
}
