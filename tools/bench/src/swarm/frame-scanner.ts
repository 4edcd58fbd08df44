/** Bytes of a frame's payload that are kept for a look at it: enough for what stands before the first op. */
export const HEAD_BYTES = 256;

/** A frame that has arrived in full. Its buffers are valid during the call only. */
export interface ScannedFrame {
  opcode: number;
  compressed: boolean;
  /** On the wire, header included. */
  bytes: number;
  /** The first bytes of the payload. */
  head: Buffer;
  /** The whole payload, when it is wanted. */
  payload: Buffer | undefined;
}

/** Frames that a server must not send, or that this reader does not take. */
export class FrameRefused extends Error {
  override readonly name = 'FrameRefused';
  readonly code = 'frame_refused';
}

/**
 * Counts WebSocket frames in a server's bytes as they come. A client that only counts must cost less than the server
 * that it loads, so payloads are passed over, not copied.
 */
export class FrameScanner {
  private readonly header = Buffer.alloc(10);
  private headerHas = 0;
  private first = 0;
  private size = 0;
  private left = -1;
  private readonly head = Buffer.alloc(HEAD_BYTES);
  private headHas = 0;
  private readonly parts: Buffer[] = [];

  constructor(
    private readonly onFrame: (frame: ScannedFrame) => void,
    private readonly whole: boolean,
  ) {}

  /** Takes bytes; throws `FrameRefused`. */
  take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.left < 0 ? this.takeHeader(chunk, at) : this.takePayload(chunk, at);
      if (this.left === 0) this.complete();
    }
  }

  private takeHeader(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length) {
      this.header[this.headerHas++] = chunk[at++]!;
      if (this.headerHas < 2) continue;
      const short = this.header[1]!;
      if (short > 127) throw new FrameRefused('a frame of a server is masked');
      const needed = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (this.headerHas < needed) continue;
      this.first = this.header[0]!;
      if ((this.first & 0x80) === 0) throw new FrameRefused('a message came in fragments');
      this.left =
        needed === 2 ? short : needed === 4 ? this.header.readUInt16BE(2) : Number(this.header.readBigUInt64BE(2));
      this.size = this.left + needed;
      this.headerHas = 0;
      this.headHas = 0;
      return at;
    }
    return at;
  }

  private takePayload(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.left);
    if (this.headHas < HEAD_BYTES) this.headHas += chunk.copy(this.head, this.headHas, at, end);
    if (this.whole) this.parts.push(Buffer.from(chunk.subarray(at, end)));
    this.left -= end - at;
    return end;
  }

  private complete(): void {
    this.left = -1;
    const payload = this.whole ? Buffer.concat(this.parts) : undefined;
    this.parts.length = 0;
    this.onFrame({
      opcode: this.first & 0x0f,
      compressed: (this.first & 0x40) !== 0,
      bytes: this.size,
      head: this.head.subarray(0, this.headHas),
      payload,
    });
  }
}
