import { randomBytes } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

export const TEXT = 0x1;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

const FLUSH = { finishFlush: constants.Z_SYNC_FLUSH };

/** A masked frame, as clients send them; compressed the way of permessage-deflate where that was agreed on. */
export function clientFrame(opcode: number, content: Buffer, compress = false): Buffer {
  // The last four bytes of a flush are not sent (RFC 7692, 7.2.1).
  const payload = compress ? deflateRawSync(content, FLUSH).subarray(0, -4) : content;
  const long = payload.length > 125;
  if (payload.length > 65_535) throw new RangeError('clients of the swarm send short messages only');
  const start = long ? 4 : 2;
  const frame = Buffer.alloc(start + 4 + payload.length);
  frame[0] = 0x80 | (compress ? 0x40 : 0) | opcode;
  frame[1] = 0x80 | (long ? 126 : payload.length);
  if (long) frame.writeUInt16BE(payload.length, 2);
  const mask = randomBytes(4);
  mask.copy(frame, start);
  for (let i = 0; i < payload.length; i++) frame[start + 4 + i] = payload[i]! ^ mask[i & 3]!;
  return frame;
}

/**
 * Beginnings of messages as text. Servers that compress once send all clients the same bytes: then they are inflated once
 * a process, so that looking at them costs less than sending them did.
 */
export class HeadTexts {
  private head = Buffer.alloc(0);
  private text = '';

  read(head: Buffer, compressed: boolean): string {
    if (!compressed) return head.toString('latin1');
    if (!head.equals(this.head)) {
      this.head = Buffer.from(head);
      this.text = payloadText(head, true);
    }
    return this.text;
  }
}

/** Text of a payload or of its first bytes. Each message must have been compressed by itself. */
export function payloadText(payload: Buffer, compressed: boolean): string {
  return (compressed ? inflateRawSync(payload, FLUSH) : payload).toString('utf8');
}
