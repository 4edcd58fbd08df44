import type { Log } from '@groundswell/runtime';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Connection } from '../hub/connection.js';
import type { Sockets } from './sockets.js';

export interface ListenersOptions {
  sockets: Sockets;
  log: Log;
  drained: (connection: Connection) => void;
}

/** Gives a new socket its listeners. They are made once for all: which socket it is they are told by `this`. */
export function listeners({ sockets, log, drained }: ListenersOptions): (client: WebSocket, stream: Socket) => void {
  function onPong(this: WebSocket): void {
    sockets.of(this).silent = false;
  }
  function onPing(this: WebSocket, data: Buffer): void {
    // Answers to one that does not read would pile up.
    if (!sockets.of(this).congested) this.pong(data);
  }
  function onDrain(this: Socket): void {
    drained(sockets.of(this));
  }
  // `ws` closes by itself after an error (1009 for a frame that is too big): nothing else is to be done.
  const onError = (error: Error): void => log.debug({ err: error }, 'socket error');
  return (client, stream) => {
    client.on('pong', onPong).on('ping', onPing).on('error', onError);
    stream.on('drain', onDrain);
  };
}
