import { FeedClient, socketAddress } from '@groundswell/client';
import type { PostedBody } from '@groundswell/protocol';
import { WebSocket } from 'ws';
import { Api } from '../audience/api.js';
import { DEMO_MEMBERS } from '../audience/community.js';
import { Fault } from '../fault.js';
import type { Stack } from '../stack/stack.js';
import { DEMO_EVENT } from './demo-event.js';

const PATIENCE_MS = 20_000;

export interface Seen extends PostedBody {
  /** Number of the segment that brought it. */
  n: number;
}

/** Opens a socket as a guest, posts through the portal, and resolves when the status arrives. Throws `Fault`. */
export async function seeOneStatus(stack: Stack, signal: AbortSignal): Promise<Seen> {
  const client = new FeedClient({
    url: socketAddress(stack.page),
    event: DEMO_EVENT.id,
    tabs: ['everyone'],
    WebSocket,
  });
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const arrived = new Map<string, number>();
  let wake: () => void = () => undefined;
  client.on((event) => {
    if (event.t === 'seg') for (const op of event.frame.ops) if ('id' in op) arrived.set(op.id, event.frame.n);
    wake();
  });
  const until = async (condition: () => boolean, what: string) => {
    while (!condition()) {
      if (client.state.t === 'stopped') throw new Fault(`The socket was closed before ${what}.`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        patience.addEventListener('abort', () => resolve(), { once: true });
      });
      signal.throwIfAborted();
      if (patience.aborted) throw new Fault(`Not within ${PATIENCE_MS / 1000} s: ${what}.`);
    }
  };
  client.start();
  try {
    await until(() => client.cursors.everyone !== null, 'the socket got the state of Everyone');
    const [author] = DEMO_MEMBERS;
    const token = await stack.issuer.mint(author!);
    const text = `Hello, this is ${author!.name}. #firstlight`;
    const posted = await new Api(stack.page, signal).postStatus({ event: DEMO_EVENT.id, text, token });
    await until(() => arrived.has(posted.id), `status ${posted.id} arrived in Everyone`);
    return { ...posted, n: arrived.get(posted.id)! };
  } finally {
    client.stop();
  }
}
