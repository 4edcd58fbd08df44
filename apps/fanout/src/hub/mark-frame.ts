import type { MarkFrame } from '@groundswell/protocol';

/**
 * A mark as a complete, unmasked text frame (RFC 6455, 5.2): what JSON gives, put together by hand, since each socket gets its
 * own twice a minute. It has a name of a tab and four numbers of 16 digits at most, all of them ASCII, so that its length fits
 * into the second byte.
 */
export function markFrame({ tab, cursor, count }: MarkFrame): Buffer {
  const at = 'n' in cursor ? `"n":${cursor.n}` : `"seq":${cursor.seq}`;
  const json = `{"t":"mark","tab":"${tab}","cursor":{"epoch":${cursor.epoch},${at}},"count":${count}}`;
  return Buffer.from(`\x81${String.fromCharCode(json.length)}${json}`, 'latin1');
}
