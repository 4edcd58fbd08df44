import { createHash } from 'node:crypto';

/** Stands for a member in logs: the same for the same member, and nobody's name. */
export function nameless(member: string): string {
  return createHash('sha256').update(member).digest('base64url').slice(0, 12);
}
