import { ProblemError } from '@groundswell/runtime';
import type { MemberSide } from '@groundswell/store';

/** Here and in other networks together. Throws `too_many_watches`. */
export function requireRoom({ watches, elsewhere }: Pick<MemberSide, 'watches' | 'elsewhere'>, most: number): void {
  const count = watches.length + elsewhere.length;
  if (count < most) return;
  const detail = `You watch ${count} members and accounts, and ${most} are the most: take one back first.`;
  throw new ProblemError('too_many_watches', detail);
}
