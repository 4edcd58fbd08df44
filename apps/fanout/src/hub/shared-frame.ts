import { constants, deflateRawSync } from 'node:zlib';
import { deflatedTextFrame, payloadOf, textFrame } from './text-frame.js';

/** Messages below this are not compressed: they are one packet either way. */
export const COMPRESS_MIN_BYTES = 512;

/** Ends on a byte, without the last block that a stream would have (RFC 7692, 7.2.1). */
const FLUSH = { finishFlush: constants.Z_SYNC_FLUSH };
const FLUSH_TAIL_BYTES = 4;

/**
 * A frame for many sockets. It is encoded once, and deflated once when the first socket asks that has agreed to
 * compression: without context takeover the same bytes are right for all of them.
 */
export class SharedFrame {
  readonly plain: Buffer;
  private small: Buffer | undefined;

  constructor(json: string) {
    this.plain = textFrame(json);
  }

  /** For sockets with compression; the plain frame where compressing gains nothing. */
  get deflated(): Buffer {
    return (this.small ??= deflate(this.plain));
  }
}

function deflate(plain: Buffer): Buffer {
  const payload = payloadOf(plain);
  if (payload.length < COMPRESS_MIN_BYTES) return plain;
  const frame = deflatedTextFrame(deflateRawSync(payload, FLUSH).subarray(0, -FLUSH_TAIL_BYTES));
  return frame.length < plain.length ? frame : plain;
}
