import { ProblemError } from '@groundswell/runtime';
import type { FastifyRequest } from 'fastify';

/** What buttons of pages and mail programs send to the links of letters. */
export const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];

const LINKS = '/v1/mail/';

/** Takes a form for a link, all that counts of which is in the address; commands are JSON. */
export function acceptForm(
  { url }: Pick<FastifyRequest, 'url'>,
  _body: string,
  done: (error: Error | null, body?: object) => void,
): void {
  if (url.startsWith(LINKS)) done(null, {});
  else done(new ProblemError('unsupported_media_type', 'Send application/json.'));
}
