import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Says what time it is to the processes of a test. */
export interface ClockServer {
  readonly now: number;
  /** Where a process gets the time, so many milliseconds ahead of the others. */
  url(aheadMs?: number): string;
  set(now: number): void;
  pass(ms: number): void;
  stop(): Promise<void>;
}

export async function startClock(start: number): Promise<ClockServer> {
  let now = start;
  const listeners = new Map<ServerResponse, number>();
  const tell = (reply: ServerResponse, ahead: number) => void reply.write(`${now + ahead}\n`);
  const server = createServer((request, reply) => {
    const ahead = Number(request.url!.slice(1));
    listeners.set(reply, ahead);
    reply.on('close', () => listeners.delete(reply));
    tell(reply, ahead);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const set = (to: number): void => {
    now = to;
    for (const [reply, ahead] of listeners) tell(reply, ahead);
  };
  return {
    get now() {
      return now;
    },
    url: (aheadMs = 0) => `http://127.0.0.1:${port}/${aheadMs}`,
    set,
    pass: (ms) => set(now + ms),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
