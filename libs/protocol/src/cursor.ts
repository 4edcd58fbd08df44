/**
 * Cursors of the two tabs. Rules N1–N3: a cursor is the highest position *examined*, in an ordered epoch.
 */

/** Everyone: `n` is the number of the last segment seen, contiguous from 1 within an epoch; 0 = nothing seen. */
export interface EveryoneCursor {
  epoch: number;
  n: number;
}

/** Friends: `seq` is the highest log position examined on the viewer's behalf, delivered or not. */
export interface FriendsCursor {
  epoch: number;
  seq: number;
}

/** Text form `epoch.position`, as used in SSE ids and HTTP headers. */
export function formatCursor(cursor: EveryoneCursor | FriendsCursor): string {
  return `${cursor.epoch}.${'n' in cursor ? cursor.n : cursor.seq}`;
}

/** Parses `epoch.position`; undefined for anything that is not two non-negative safe integers. */
export function parseCursor(text: string): { epoch: number; position: number } | undefined {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(text);
  if (!match) return undefined;
  const epoch = Number(match[1]);
  const position = Number(match[2]);
  return isPosition(epoch) && isPosition(position) ? { epoch, position } : undefined;
}

/** True for a whole number that a position, an epoch or a segment number can be: 0 … 2^53 − 1. */
export function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Rule N2: a reply that carries an older epoch, or an older position of the same epoch, is ignored whole. */
export function isOlder(
  reply: { epoch: number; position: number },
  known: { epoch: number; position: number },
): boolean {
  return reply.epoch < known.epoch || (reply.epoch === known.epoch && reply.position < known.position);
}
