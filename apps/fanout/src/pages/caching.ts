import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import type { Room } from '../intake/room.js';

/** For answers that are true only now. */
export const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** Sends a page whose content never changes but by a takedown; `keys` name what it holds, for purging. */
export function sendSealed(
  reply: FastifyReply,
  { event, levers }: Room,
  page: { text: string; keys: readonly string[] },
): void {
  const { 'cdn.browser_maxage_s': browser, 'cdn.segment_smaxage_s': edge } = levers();
  void reply
    .headers({
      'Cache-Control': `public, max-age=${browser}, s-maxage=${edge}`,
      'Surrogate-Key': [event, ...page.keys.map((key) => `${event}-${key}`)].join(' '),
      ETag: `"${createHash('sha256').update(page.text).digest('base64url').slice(0, 22)}"`,
    })
    .type('application/json; charset=utf-8')
    .send(page.text);
}
