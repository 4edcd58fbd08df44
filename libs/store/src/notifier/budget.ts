import { script } from '../script.js';
import { inner, type Store } from '../store.js';

/** Requests that are counted together: those to a provider, or of one account there. */
export interface BudgetScope {
  provider: string;
  account?: string;
}

/** What is allowed of a scope until its answers say otherwise, and the time. */
export interface BudgetTerms {
  /** Requests in a window, at least one. */
  requests: number;
  windowMs: number;
  /** Unix milliseconds. */
  now: number;
}

/** What an answer said of the budget. Times are Unix milliseconds. */
export type BudgetNews =
  | { kind: 'window'; limit: number; remaining: number; resetAt: number }
  | { kind: 'pause'; until: number };

/** So much longer than it matters a bucket is kept, milliseconds of the server's own clock. */
const KEPT_MS = 3_600_000;

/**
 * A bucket is a hash: the part of the window that is not used in milliseconds (a request costs its share of it), up to when it
 * was filled, until when it is paused, and the requests of a window when an answer has told them. Numbers are written with all
 * their digits, so that shares add up.
 */
const FILLED = `
local now, window = tonumber(ARGV[1]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'credit', 'filled', 'paused', 'requests')
local requests = tonumber(kept[4] or ARGV[2])
local filled = tonumber(kept[2] or ARGV[1])
local paused = tonumber(kept[3] or 0)
local credit = math.min(window, tonumber(kept[1] or ARGV[3]) + math.max(0, now - filled))
filled = math.max(filled, now)
local function keep()
  redis.call('HSET', KEYS[1], 'credit', string.format('%.17g', credit), 'filled', string.format('%.17g', filled),
    'paused', string.format('%.17g', paused), 'requests', string.format('%.17g', requests))
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(window, paused - now) + ${KEPT_MS}))
end
`;

/** KEYS: bucket. ARGV: now, requests, window, how many are taken (0 or 1). Gives the wait. */
const TAKE = script(`${FILLED}
if now < paused then return math.ceil(paused - now) end
local cost = window / requests
if credit < cost then return math.ceil(cost - credit) end
if ARGV[4] == '1' then
  credit = credit - cost
  keep()
end
return 0
`);

/** KEYS: bucket. ARGV: now, requests, window, paused until, then limit and what remains (absent for a mere pause). */
const LEARN = script(`${FILLED}
if ARGV[5] then
  requests = tonumber(ARGV[5])
  credit = math.min(credit, tonumber(ARGV[6]) * window / requests)
end
paused = math.max(paused, tonumber(ARGV[4]))
keep()
return 0
`);

/** Takes a request from a bucket that all processes share; 0: it may be sent. Else nothing was taken: the wait, milliseconds. One flight. */
export function takeBudget(store: Store, scope: BudgetScope, terms: BudgetTerms): Promise<number> {
  return ask(store, scope, terms, '1');
}

/** How long until a request could be taken, milliseconds; takes none. One flight. */
export function awaitedBudget(store: Store, scope: BudgetScope, terms: BudgetTerms): Promise<number> {
  return ask(store, scope, terms, '0');
}

/** Keeps what an answer said; of several the more cautious one counts. One flight. */
export async function learnBudget(
  store: Store,
  scope: BudgetScope,
  { news, ...terms }: BudgetTerms & { news: BudgetNews },
): Promise<void> {
  const told =
    news.kind === 'pause' ? [news.until] : [news.remaining > 0 ? 0 : news.resetAt, news.limit, news.remaining];
  await inner(store).run(LEARN, [keyOf(scope)], [...args(terms), ...told.map(String)]);
}

async function ask(store: Store, scope: BudgetScope, terms: BudgetTerms, taken: '0' | '1'): Promise<number> {
  return (await inner(store).run(TAKE, [keyOf(scope)], [...args(terms), taken])) as number;
}

function args({ now, requests, windowMs }: BudgetTerms): string[] {
  return [String(now), String(requests), String(windowMs)];
}

/** Names of providers hold no colon. */
function keyOf({ provider, account }: BudgetScope): string {
  return account === undefined ? `budget:${provider}` : `budget:${provider}:${account}`;
}
