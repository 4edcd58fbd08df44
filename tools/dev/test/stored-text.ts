import { connectBus, getMessage } from '@groundswell/bus';
import { EVENTS } from '@groundswell/contracts';
import { startNats } from '@groundswell/launch';
import { join } from 'node:path';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Text of the message at a position of EVENTS, straight from JetStream. */
export async function storedText(nats: string, seq: number): Promise<unknown> {
  const bus = await connectBus({ servers: nats, name: 'stored-text', log: silent });
  try {
    const stored = await getMessage(bus, EVENTS.name, { seq });
    return stored && (JSON.parse(new TextDecoder().decode(stored.data)) as { text?: unknown }).text;
  } finally {
    await bus.close();
  }
}

/** The same from the data folder of a stack that has ended. */
export async function textIn(data: string, seq: number): Promise<unknown> {
  const nats = await startNats({ dir: join(data, 'nats') });
  try {
    return await storedText(nats.url, seq);
  } finally {
    await nats.stop();
  }
}
