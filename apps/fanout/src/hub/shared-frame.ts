import { constants, deflateRawSync } from 'node:zlib';
import { deflatedTextFrame, payloadOf, textFrame } from './text-frame.js';

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

  /** `compressMin`: bytes below which it goes as it is; a short one is one packet either way. */
  constructor(
    json: string,
    private readonly compressMin: number,
  ) {
    this.plain = textFrame(json);
  }

  /** For sockets with compression; the plain frame where compressing gains nothing. */
  get deflated(): Buffer {
    return (this.small ??= deflate(this.plain, this.compressMin));
  }
}

function deflate(plain: Buffer, compressMin: number): Buffer {
  const payload = payloadOf(plain);
  if (payload.length < compressMin) return plain;
  const frame = deflatedTextFrame(deflateRawSync(payload, FLUSH).subarray(0, -FLUSH_TAIL_BYTES));
  return frame.length < plain.length ? frame : plain;
}
