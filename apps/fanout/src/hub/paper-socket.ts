/** A socket on paper, for specs: what is written can be read back, and it can be made to stop reading. */
import type { ServerFrame } from '@groundswell/protocol';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { constants, inflateRawSync } from 'node:zlib';
import { Connection } from './connection.js';

export class PaperSocket {
  readonly buffers: Buffer[] = [];
  readonly closes: { code: number; reason: string }[] = [];
  terminated = false;
  private isFull = false;
  private fills = false;
  readonly connection: Connection;

  constructor(id = 1, member?: string, { deflates = false } = {}) {
    const ws = {
      OPEN: 1,
      readyState: 1,
      extensions: deflates ? 'permessage-deflate' : '',
      close: (code: number, reason: string) => void this.closes.push({ code, reason }),
      terminate: () => void (this.terminated = true),
    };
    const write = (buffer: Buffer): boolean => {
      this.buffers.push(buffer);
      this.isFull ||= this.fills;
      this.fills = false;
      return !this.isFull;
    };
    const isFull = () => this.isFull;
    const stream = {
      write,
      cork: () => undefined,
      uncork: () => undefined,
      // What was written is kept.
      writableLength: 1,
      get writableNeedDrain() {
        return isFull();
      },
    };
    this.connection = new Connection(id, ws as unknown as WebSocket, stream as unknown as Socket);
    this.connection.member = member;
    this.connection.phase = 'live';
  }

  /** What `writableNeedDrain` says. A stream says so at the write that fills it. */
  set full(full: boolean) {
    this.isFull = full;
    if (full) this.connection.halt();
  }

  /** The next write fills it. */
  fillsUp(): void {
    this.fills = true;
  }

  get pings(): number {
    return framesIn(Buffer.concat(this.buffers)).filter(({ first }) => first === PING).length;
  }

  /** Every message written so far, decoded. */
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

const TEXT = 0x81;
const DEFLATED_TEXT = 0xc1;
const PING = 0x89;

/** Decodes unmasked text frames that stand one after another, compressed or not; pings may stand between them. */
export function decodeFrames(bytes: Buffer): ServerFrame[] {
  return framesIn(bytes)
    .filter(({ first }) => first !== PING)
    .map(({ first, payload }) => {
      if (first !== TEXT && first !== DEFLATED_TEXT) throw new Error(`a frame begins with ${first.toString(16)}`);
      const isDeflated = first === DEFLATED_TEXT;
      const text = isDeflated ? inflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH }) : payload;
      return JSON.parse(text.toString('utf8')) as ServerFrame;
    });
}

function framesIn(bytes: Buffer): { first: number; payload: Buffer }[] {
  const frames: { first: number; payload: Buffer }[] = [];
  for (let at = 0; at < bytes.length;) {
    const short = bytes[at + 1]!;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    const length =
      header === 2 ? short : header === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    frames.push({ first: bytes[at]!, payload: bytes.subarray(at + header, at + header + length) });
    at += header + length;
  }
  return frames;
}
