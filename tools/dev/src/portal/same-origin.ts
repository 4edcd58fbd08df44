import type { IncomingHttpHeaders } from 'node:http';

/** Whether a form was sent by a page of the same address: browsers say where it was, and pages of others cannot lie about it. */
export function isSameOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin !== undefined && host !== undefined && origin === `http://${host}`;
}
