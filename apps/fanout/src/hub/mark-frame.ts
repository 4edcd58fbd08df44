import type { MarkFrame, Tab } from '@groundswell/protocol';
import { TEXT } from './text-frame.js';

/** A frame up to its count, for a position. */
interface Beginning {
  epoch: number;
  at: number;
  bytes: Buffer;
}

/** Most marks are of the position that the last one was of: they differ in the count alone. */
const newest: Partial<Record<Tab, Beginning>> = {};

/**
 * A mark as a complete, unmasked text frame: what JSON gives, put together by hand, since each socket gets its own twice a
 * minute. It has a name of a tab and four numbers of 16 digits at most, all of them ASCII, so that its length fits into the
 * second byte.
 */
export function markFrame({ tab, cursor, count }: MarkFrame): Buffer {
  const { epoch } = cursor;
  const at = 'n' in cursor ? cursor.n : cursor.seq;
  let beginning = newest[tab];
  if (beginning?.epoch !== epoch || beginning.at !== at) {
    const json = `{"t":"mark","tab":"${tab}","cursor":{"epoch":${epoch},"${'n' in cursor ? 'n' : 'seq'}":${at}},"count":`;
    beginning = newest[tab] = { epoch, at, bytes: Buffer.from(`  ${json}`, 'latin1') };
  }
  const { bytes } = beginning;
  const end = `${count}}`;
  const frame = Buffer.allocUnsafe(bytes.length + end.length);
  bytes.copy(frame);
  frame.write(end, bytes.length, 'latin1');
  frame[0] = TEXT;
  frame[1] = frame.length - 2;
  return frame;
}
