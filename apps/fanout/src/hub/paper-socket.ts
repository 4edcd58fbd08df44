/** A socket on paper, for specs: what is written can be read back, and it can be made to stop reading. */
import type { ServerFrame } from '@groundswell/protocol';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { constants, inflateRawSync } from 'node:zlib';
import { Connection } from './connection.js';

export class PaperSocket {
  readonly buffers: Buffer[] = [];
  readonly closes: { code: number; reason: string }[] = [];
  pings = 0;
  terminated = false;
  /** What `writableNeedDrain` says. */
  full = false;
  readonly connection: Connection;

  /** How many times what was written went out as one. */
  uncorks = 0;

  constructor(id = 1, member?: string, { deflates = false } = {}) {
    const ws = {
      OPEN: 1,
      readyState: 1,
      extensions: deflates ? 'permessage-deflate' : '',
      close: (code: number, reason: string) => void this.closes.push({ code, reason }),
      ping: () => void this.pings++,
      terminate: () => void (this.terminated = true),
    };
    const write = (buffer: Buffer) => void this.buffers.push(buffer);
    const isFull = () => this.full;
    const stream = {
      write,
      cork: () => undefined,
      uncork: () => void this.uncorks++,
      get writableNeedDrain() {
        return isFull();
      },
    };
    this.connection = new Connection(id, ws as unknown as WebSocket, stream as unknown as Socket);
    this.connection.member = member;
    this.connection.phase = 'live';
  }

  /** Every frame written so far, decoded. */
  get frames(): ServerFrame[] {
    return decodeFrames(Buffer.concat(this.buffers));
  }

  /** The frames since the last call. */
  take(): ServerFrame[] {
    const { frames } = this;
    this.buffers.length = 0;
    return frames;
  }
}

/** Decodes unmasked text frames that stand one after another, compressed or not. */
export function decodeFrames(bytes: Buffer): ServerFrame[] {
  const frames: ServerFrame[] = [];
  let at = 0;
  while (at < bytes.length) {
    const deflated = bytes[at] === 0xc1;
    if (bytes[at] !== 0x81 && !deflated) throw new Error(`no text frame begins at ${at}`);
    const short = bytes[at + 1]!;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length =
      header === 2 ? short : header === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const payload = bytes.subarray(at + header, at + header + length);
    const text = deflated ? inflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH }) : payload;
    frames.push(JSON.parse(text.toString('utf8')) as ServerFrame);
    at += header + length;
  }
  return frames;
}
