import { readFileSync } from 'node:fs';

/** Bytes that the kernel holds for the connections of a server on this machine. */
export interface Queued {
  /** Sent and not yet taken by the other side, in the server's sockets. */
  sending: number;
  /** Arrived and not yet read, in the sockets of its clients. */
  received: number;
}

const FILES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** What waits between a server's port and its clients. */
export function queuedBytes(port: number): Queued {
  return readQueues(FILES.map((file) => readFileSync(file, 'utf8')).join('\n'), port);
}

/** Reads the form of `/proc/net/tcp`: addresses and queues in hexadecimal. */
export function readQueues(table: string, port: number): Queued {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const queued = { sending: 0, received: 0 };
  for (const line of table.split('\n')) {
    const [, local, remote, , queues] = line.trim().split(/\s+/);
    if (!queues?.includes(':')) continue;
    const [sending = '0', received = '0'] = queues.split(':');
    if (local?.endsWith(suffix)) queued.sending += Number.parseInt(sending, 16);
    else if (remote?.endsWith(suffix)) queued.received += Number.parseInt(received, 16);
  }
  return queued;
}
