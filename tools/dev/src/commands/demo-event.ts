import type { EventBody } from '@groundswell/protocol';
import { Api } from '../audience/api.js';
import { Fault } from '../fault.js';
import type { Stack } from '../stack/stack.js';

export const DEMO_EVENT: EventBody = { id: 'demo', title: 'The final, live' };
const ASK_AGAIN_MS = 50;
const PATIENCE_MS = 60_000;

/** Puts the demo event on air and waits until every fan-out node serves it. */
export async function createDemoEvent(stack: Stack, signal: AbortSignal): Promise<void> {
  const token = await stack.issuer.mint({ id: 'stack', name: 'The stack', roles: ['operator'], ttlS: 600 });
  await new Api(stack.ingest, signal).createEvent(DEMO_EVENT, token);
  await Promise.all(stack.fanouts.map((fanout) => untilServed(fanout, signal)));
}

async function untilServed(fanout: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await serves(fanout, signal))) {
    signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new Fault(`A fan-out node did not serve the demo event within ${PATIENCE_MS / 1000} s; its log says why.`);
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

async function serves(fanout: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(`${fanout}/ready`, { signal });
    const { events = [] } = (await answer.json()) as { events?: { event: string }[] };
    return answer.ok && events.some(({ event }) => event === DEMO_EVENT.id);
  } catch {
    // It may be starting again.
    return false;
  }
}
