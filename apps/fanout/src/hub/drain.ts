import type { Sockets } from '../upgrade/sockets.js';

/** Parts in which sockets are sent away, so that not all come back at once. */
const SLICES = 10;

/** How long clients have to answer the close; a server does not end while a connection is open. */
const LINGER_MS = 1_000;
const LOOK_MS = 20;

export interface DrainOptions {
  sockets: Sockets;
  budgetMs: number;
}

/**
 * Sends everybody away (W6): a slice at a time gets its last marks, a `bye` that says when to come back, and a close.
 * The times are spread over the budget, so that the other nodes are not met by all at once. Who does not answer the
 * close is cut off. Nobody new may be let in meanwhile.
 */
export async function drain({ sockets, budgetMs }: DrainOptions): Promise<void> {
  const leaving = [...sockets.all()];
  const size = Math.ceil(leaving.length / SLICES);
  for (let from = 0; from < leaving.length; from += size) {
    for (const connection of leaving.slice(from, from + size)) {
      const room = sockets.roomOf(connection);
      room?.everyone.mark(connection);
      room?.friends.mark(connection);
      connection.send({ t: 'bye', code: 'drain', afterMs: Math.round(Math.random() * budgetMs) });
      connection.close('goingAway');
    }
    if (from + size < leaving.length) await new Promise((resolve) => setTimeout(resolve, budgetMs / SLICES));
  }
  for (let waited = 0; sockets.size > 0 && waited < LINGER_MS; waited += LOOK_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  for (const connection of sockets.all()) connection.terminate();
}
