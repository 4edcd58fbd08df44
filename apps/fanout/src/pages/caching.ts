import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';

/** For answers that are true only now. */
export const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** How long caches and browsers keep a page whose content never changes but by a takedown. */
const SEALED = 'public, max-age=60, s-maxage=86400';

/** Sends a page of an address that never means anything else. */
export function sendSealed(
  reply: FastifyReply,
  event: string,
  kind: string,
  { n, text }: { n: number; text: string },
): void {
  void reply
    .headers({
      'Cache-Control': SEALED,
      'Surrogate-Key': `${event} ${event}-${kind}-${n}`,
      ETag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
    })
    .type('application/json; charset=utf-8')
    .send(text);
}
