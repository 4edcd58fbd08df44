import { isPosition } from '@groundswell/protocol';
import type { ServerFrame } from '@groundswell/protocol';

export type Parsed =
  | { t: 'frame'; frame: ServerFrame }
  /** A frame of a later protocol version: skipped. */
  | { t: 'unknown' }
  | { t: 'bad'; message: string };

export type Fields = Record<string, unknown>;

/**
 * Parses what a socket delivered. Checks the fields that the bookkeeping rests on (discriminator, cursors, counts,
 * lists); the content of ops is the server's word.
 */
export function parseFrame(data: unknown): Parsed {
  if (typeof data !== 'string') return { t: 'bad', message: 'a binary frame' };
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { t: 'bad', message: 'a frame that is not JSON' };
  }
  if (!isFields(value) || typeof value.t !== 'string') return { t: 'bad', message: 'a frame without "t"' };
  const check = checks.get(value.t);
  if (!check) return { t: 'unknown' };
  if (!check(value)) return { t: 'bad', message: `a "${value.t}" frame with a field missing or of the wrong type` };
  return { t: 'frame', frame: value as unknown as ServerFrame };
}

const checks = new Map<string, (frame: Fields) => boolean>([
  ['welcome', (f) => isPosition(f.epoch) && isFields(f.levers) && isDuration(f.levers.pingMs)],
  ['snap', isSnapshot],
  ['seg', isSegment],
  ['item', (f) => isPosition(f.seq) && isFields(f.op)],
  ['mark', (f) => isTabCursor(f) && isPosition(f.count)],
  ['skip', (f) => isTab(f.tab) && isPosition(f.missed)],
  ['reset', (f) => isTab(f.tab)],
  ['hide', isHiding],
  ['bye', (f) => isDuration(f.afterMs)],
  ['error', (f) => typeof f.code === 'string'],
  ['pong', () => true],
]);

/** Whether the bookkeeping can rely on these fields of a segment. */
export function isSegment(f: Fields): boolean {
  return isPosition(f.epoch) && isPosition(f.n) && Array.isArray(f.ops) && Array.isArray(f.seq);
}

export function isSnapshot(f: Fields): boolean {
  return isTabCursor(f) && Array.isArray(f.stories);
}

export function isHiding({ authors }: Fields): boolean {
  return Array.isArray(authors) && authors.every((id) => typeof id === 'string');
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTab(value: unknown): boolean {
  return value === 'everyone' || value === 'friends';
}

export function isDuration(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isTabCursor(frame: Fields): boolean {
  const { tab, cursor } = frame;
  if (!isTab(tab) || !isFields(cursor) || !isPosition(cursor.epoch)) return false;
  return isPosition(tab === 'everyone' ? cursor.n : cursor.seq);
}
