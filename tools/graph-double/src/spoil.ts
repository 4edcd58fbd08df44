import { json, type Answer } from './answer.js';
import type { Dialect, Item, Items } from './apis/dialect.js';
import type { Fault } from './fault.js';
import { shuffled } from './random.js';

export interface Spoiled {
  answer: Answer;
  /** Sent as it is instead of the body. */
  text?: string;
  /** `never`: no answer at all; `half`: the connection ends in the middle. */
  delivery: 'whole' | 'half' | 'never';
}

interface Around {
  dialect: Dialect;
  items: Items;
  next: () => number;
  /** Where the same would be answered. */
  elsewhere: string;
}

const FLOOD = 10_000;
const HUGE_BYTES = 32 * 1024 * 1024;

/** The answer as the fault makes it. */
export function spoil(good: Answer, fault: Fault, { dialect, items: of, next, elsewhere }: Around): Spoiled {
  const whole = (answer: Answer): Spoiled => ({ answer, delivery: 'whole' });
  const edited = (change: (items: readonly Item[]) => Item[]): Spoiled =>
    whole({ ...good, body: of.edit(good.body, change) });
  const text = (): string => JSON.stringify(good.body);
  const stranger = (_: unknown, number: number): Item => {
    const id = dialect.stranger(number);
    return { id, item: of.made(id) };
  };
  switch (fault.kind) {
    case 'rate_limited': {
      const after: Record<string, string> =
        fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return whole(json({ error: 'Too many requests' }, 429, after));
    }
    case 'error_500':
      return whole(json({ error: 'Internal Server Error' }, 500));
    case 'hang':
      return { answer: good, delivery: 'never' };
    case 'html':
      return {
        answer: { ...good, headers: { ...good.headers, 'content-type': 'text/html' } },
        text: '<!doctype html><title>Be right back</title><p>We are making things better.',
        delivery: 'whole',
      };
    case 'truncated':
      return { answer: good, text: text().slice(0, Math.ceil(text().length / 2)), delivery: 'whole' };
    case 'cut':
      return { answer: good, delivery: 'half' };
    case 'wrong_ids':
      return edited((items) => [...items.slice(0, -1), stranger(items.length, items.length)]);
    case 'other_member':
      return of.readdress ? whole({ ...good, body: of.readdress(good.body) }) : edited((items) => items.map(stranger));
    case 'permuted':
      return edited((items) => shuffled(items, next));
    case 'unknown_value':
      return edited((items) =>
        items.map((entry, index) => (index === 0 ? { ...entry, item: of.odd(entry.id) } : entry)),
      );
    case 'missing':
      return edited((items) => items.slice(1));
    case 'flood':
      return edited(() => Array.from({ length: FLOOD }, stranger));
    case 'huge':
      return { answer: good, text: `${' '.repeat(HUGE_BYTES)}${text()}`, delivery: 'whole' };
    case 'token_reset':
      return whole(dialect.refused());
    case 'forbidden':
      return whole(json({ error: 'This action is not allowed' }, 403));
    case 'redirect':
      return whole(json({}, 302, { location: elsewhere }));
    case 'skewed_date':
      return whole(skewed(good, fault.skewMs ?? 120_000));
    case 'endless':
      return whole(dialect.endless(good));
  }
}

/** A server whose clock is off is off in everything that it says of times. */
function skewed(answer: Answer, ms: number): Answer {
  const headers: Record<string, string> = { ...answer.headers, date: new Date(Date.now() + ms).toUTCString() };
  const stamp = headers['x-ratelimit-reset'];
  if (stamp !== undefined) headers['x-ratelimit-reset'] = new Date(Date.parse(stamp) + ms).toISOString();
  const seconds = headers['ratelimit-reset'];
  if (seconds !== undefined) headers['ratelimit-reset'] = String(Number(seconds) + Math.round(ms / 1000));
  return { ...answer, headers };
}
