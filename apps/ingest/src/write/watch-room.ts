import { ProblemError } from '@groundswell/runtime';
import type { MemberSide } from '@groundswell/store';

/** Here and in other networks together. Throws `too_many_watches`. */
export function requireRoom(
  { watches, elsewhere }: Pick<MemberSide, 'watches' | 'elsewhere'>,
  { more, most }: { more: number; most: number },
): void {
  const count = watches.length + elsewhere.length;
  if (count + more <= most) return;
  const over = count + more - most;
  const detail = `You watch ${count} members and accounts, and ${most} are the most: take ${over === 1 ? 'one' : over} back first.`;
  throw new ProblemError('too_many_watches', detail);
}
