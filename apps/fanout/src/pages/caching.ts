import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';
import { createHash } from 'node:crypto';
import type { Room } from '../intake/room.js';

/** For answers that are true only now. */
export const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/**
 * Sends a page whose content never changes but by a takedown, or 304 when the caller has it; `keys` name what it holds,
 * for purging.
 */
export function sendSealed(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { event, levers }: Room,
  page: { text: string; keys: readonly string[] },
): void {
  const etag = `"${createHash('sha256').update(page.text).digest('base64url').slice(0, 22)}"`;
  const { 'cdn.browser_maxage_s': browser, 'cdn.segment_smaxage_s': edge } = levers();
  void reply
    .headers({
      'Cache-Control': `public, max-age=${browser}, s-maxage=${edge}`,
      'Surrogate-Key': [event, ...page.keys.map((key) => `${event}-${key}`)].join(' '),
      ETag: etag,
    })
    .type('application/json; charset=utf-8');
  if (fresh(request.headers, { etag })) void reply.status(304).send();
  else void reply.send(page.text);
}
