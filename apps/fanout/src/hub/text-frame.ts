/** First byte of a whole text message (RFC 6455, 5.2), and of one that is compressed (RSV1). */
export const TEXT = 0x81;
const DEFLATED_TEXT = 0xc1;

/** A WebSocket text frame, complete and unmasked (RFC 6455, 5.2): made once, the same buffer goes to every socket. */
export function textFrame(json: string): Buffer {
  const length = Buffer.byteLength(json);
  const { frame, start } = begin(TEXT, length);
  frame.write(json, start, 'utf8');
  return frame;
}

/** A frame to keep: a small one is a part of what Node allots to many buffers, and would hold on to all of it. */
export function frameToKeep(frame: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(frame.length);
  frame.copy(own);
  return own;
}

/** A text frame of a message that was compressed by itself (RFC 7692, 6.1). */
export function deflatedTextFrame(payload: Buffer): Buffer {
  const { frame, start } = begin(DEFLATED_TEXT, payload.length);
  payload.copy(frame, start);
  return frame;
}

/** Payload of an unmasked frame. */
export function payloadOf(frame: Buffer): Buffer {
  return frame.subarray(headerBytes(frame.length));
}

function begin(first: number, length: number): { frame: Buffer; start: number } {
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = first;
  if (start === 2) {
    frame[1] = length;
  } else if (start === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  return { frame, start };
}

/** Of a frame of so many bytes: no two forms of a header give the same length. */
function headerBytes(frameBytes: number): number {
  return frameBytes < 128 ? 2 : frameBytes < 65_540 ? 4 : 10;
}
