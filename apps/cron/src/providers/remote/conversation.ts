import type { Fault } from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import type { Budget, Scope, Usage } from '../budget/budget.js';
import type { Origin, Received } from '../http/origin.js';
import { statusFault } from '../http/status-fault.js';
import type { Dialect, Page, Reading } from './dialect.js';
import { parseJson } from './fields.js';

/** So long nothing is asked after a refusal that names no time. */
const PAUSE_MS = 60_000;

export interface Means {
  dialect: Dialect;
  origin: Origin;
  budget: Budget;
  clock: Clock;
}

export interface Speaker {
  account: string;
  token?: string;
  signal: AbortSignal;
}

export interface Batch {
  readings: ReadonlyMap<string, Reading>;
  /** When its first page was asked for. */
  sentAt: number;
}

type Failed = { ok: false; fault: Fault };
type Asked = { ok: true; value: unknown; received: Received } | Failed;

/** What one watcher asks of one server, and what the budget learns from it. */
export class Conversation {
  readonly #scope: Scope;

  constructor(
    private readonly means: Means,
    private readonly speaker: Speaker,
  ) {
    this.#scope = means.dialect.scope(speaker.account);
  }

  /** One request: the JSON of an answer with status 200, else the fault. */
  async ask(path: string): Promise<Asked> {
    const { origin, budget, clock, dialect } = this.means;
    const { token, signal } = this.speaker;
    if (signal.aborted) return failed({ kind: 'soft', reason: 'aborted' });
    const waitMs = await budget.take(this.#scope);
    if (waitMs > 0) return failed({ kind: 'soft', reason: 'budget_used', retryAfterMs: waitMs });
    const exchange = await origin.get(path, { signal, ...(token === undefined ? {} : { token }) });
    if (!exchange.ok) return exchange;
    const { received } = exchange;
    const now = clock.now();
    const json = parseJson(received.text);
    const fault =
      (received.status === 200 ? undefined : dialect.refusal(received.status, json?.value)) ??
      statusFault(received, { hasToken: token !== undefined, now });
    await this.#learn(dialect.usage(received.headers, now));
    if (fault) {
      await this.#learn(pauseOf(fault, now));
      return failed(fault);
    }
    if (!json) return failed({ kind: 'hard', reason: 'not_json' });
    return { ok: true, value: json.value, received };
  }

  /** All pages of the answer about some subjects, or a fault. */
  async batch(ids: readonly string[]): Promise<{ ok: true; batch: Batch } | Failed> {
    const readings = new Map<string, Reading>();
    const wanted = new Set(ids);
    let cursor: string | undefined;
    let sentAt: number | undefined;
    // Each page has a subject at least, or it is of no use.
    for (let pages = 0; pages <= ids.length; pages++) {
      const page = await this.#page(ids, cursor);
      if (!page.ok) return page;
      sentAt ??= page.sentAt;
      const { next } = page.page;
      if (next === '' || (next !== undefined && next === cursor)) break;
      const fault = collect(page.page, { wanted, readings });
      if (fault) return failed(fault);
      if (next === undefined) return { ok: true, batch: { readings, sentAt } };
      cursor = next;
    }
    return failed({ kind: 'soft', reason: 'incomplete' });
  }

  async #page(
    ids: readonly string[],
    cursor: string | undefined,
  ): Promise<{ ok: true; page: Page; sentAt: number } | Failed> {
    const { dialect } = this.means;
    const { account } = this.speaker;
    const asked = await this.ask(dialect.path({ account, ids, ...(cursor === undefined ? {} : { cursor }) }));
    if (!asked.ok) return asked;
    const { headers, sentAt } = asked.received;
    const told = dialect.read({ body: asked.value, headers, account });
    return 'kind' in told ? failed(told) : { ok: true, page: told, sentAt };
  }

  async #learn(usage: Usage | undefined): Promise<void> {
    if (usage) await this.means.budget.learn(this.#scope, usage);
  }
}

/** Adds a page to what is known; a fault, and nothing of any page may be used. */
function collect(
  { readings: told }: Page,
  { wanted, readings }: { wanted: ReadonlySet<string>; readings: Map<string, Reading> },
): Fault | undefined {
  if (told.length > wanted.size) return { kind: 'hard', reason: 'too_many' };
  for (const [id, reading] of told) {
    if (!wanted.has(id)) return { kind: 'hard', reason: 'foreign' };
    if (readings.has(id)) return CONTRADICTION;
    readings.set(id, reading);
  }
  return undefined;
}

/** Two answers about one subject: there is no telling which. */
const CONTRADICTION: Fault = { kind: 'hard', reason: 'shape' };

function pauseOf(fault: Fault, now: number): Usage | undefined {
  if (fault.kind !== 'soft') return undefined;
  if (fault.retryAfterMs !== undefined) return { kind: 'pause', until: now + fault.retryAfterMs };
  return fault.reason === 'rate_limited' ? { kind: 'pause', until: now + PAUSE_MS } : undefined;
}

function failed(fault: Fault): Failed {
  return { ok: false, fault };
}
