import { CLIENT_FRAME_MAX_BYTES } from '@groundswell/protocol';
import type { WebSocket } from 'ws';
import { constants, inflateRawSync } from 'node:zlib';
import { DEFLATE } from './deflate-offer.js';

/** Status codes of RFC 6455, 7.4.1. */
const INVALID_DATA = 1007;
const TOO_BIG = 1009;

const NOTHING = Buffer.alloc(0);
const OPTIONS = {
  finishFlush: constants.Z_SYNC_FLUSH,
  maxOutputLength: CLIENT_FRAME_MAX_BYTES,
  // Most messages are a few hundred bytes.
  chunkSize: 2_048,
};

type Done = (error: Error | null, message?: Buffer) => void;

/**
 * What `ws` asks to inflate the messages of one socket. It holds no window: a message is inflated whole, at once, by an
 * inflater that lives for the call. Fragments wait for the last one; `ws` bounds their bytes and their number.
 */
export class InboundInflate {
  private fragments: Buffer[] | undefined;

  constructor(private readonly client: Pick<WebSocket, 'close'>) {}

  /** Called by the receiver of `ws` for each frame of a compressed message. */
  decompress(data: Buffer, fin: boolean, done: Done): void {
    if (!fin) {
      (this.fragments ??= []).push(data);
      return later(done, null, NOTHING);
    }
    const whole = this.fragments ? Buffer.concat([...this.fragments, data]) : data;
    this.fragments = undefined;
    try {
      later(done, null, inflateRawSync(whole, OPTIONS));
    } catch (error) {
      const big = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      this.client.close(big ? TOO_BIG : INVALID_DATA);
      later(done, error as Error);
    }
  }

  /** Called by `ws` when the socket is closed. */
  cleanup(): void {
    this.fragments = undefined;
  }
}

/**
 * Has a socket's compressed messages inflated here. `ws` offers no way to do so: its receiver looks the extension up by
 * name at each frame, in the object that is changed here. Its own would keep an inflater of 16 KB a socket.
 */
export function inflateInbound(client: WebSocket): void {
  const { _extensions } = client as unknown as { _extensions: Record<string, InboundInflate> };
  _extensions[DEFLATE] = new InboundInflate(client);
}

/** The receiver is in the midst of its loop: it expects the answer after that. */
function later(done: Done, error: Error | null, message?: Buffer): void {
  process.nextTick(done, error, message);
}
