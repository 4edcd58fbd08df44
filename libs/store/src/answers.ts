import { keys } from './keys.js';
import { inner, type Store } from './store.js';

/** `other`: the key was used for another request. */
export type KeptAnswer = { found: 'nothing' } | { found: 'same'; answer: string } | { found: 'other' };

/** Answers given under an Idempotency-Key, of one author each. They expire. */
export interface Answers {
  lookup(author: string, key: string, fingerprint: string): Promise<KeptAnswer>;
  /** Keeps the first answer given; a second one under the key changes nothing. */
  remember(author: string, key: string, fingerprint: string, answer: string): Promise<void>;
}

const DAY_S = 86_400;

/** `fingerprint` tells requests apart; it may hold no space. `ttlS` in seconds, default a day. */
export function answers(store: Store, { ttlS = DAY_S }: { ttlS?: number } = {}): Answers {
  const redis = inner(store);
  return {
    async lookup(author, key, fingerprint) {
      const kept = (await redis.send(['GET', keys.answer(author, key)])) as string | null;
      if (kept === null) return { found: 'nothing' };
      const end = kept.indexOf(' ');
      return kept.slice(0, end) === fingerprint ? { found: 'same', answer: kept.slice(end + 1) } : { found: 'other' };
    },
    async remember(author, key, fingerprint, answer) {
      if (fingerprint.includes(' ')) throw new TypeError('a fingerprint may hold no space');
      await redis.send(['SET', keys.answer(author, key), `${fingerprint} ${answer}`, 'EX', String(ttlS), 'NX']);
    },
  };
}
