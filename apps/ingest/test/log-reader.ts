import { connectBus, consumeOrdered } from '@groundswell/bus';
import { EVENTS, readFeed, SOCIAL, type Stored } from '@groundswell/contracts';

/** Every message that a stream holds now. */
export async function storedIn(nats: string, stream: 'EVENTS' | 'SOCIAL'): Promise<Stored[]> {
  const bus = await connectBus({ servers: nats, name: 'spec' });
  const messages: Stored[] = [];
  const ended = new AbortController();
  const consumption = await consumeOrdered({
    bus,
    stream,
    filter: stream === EVENTS.name ? 'gs.v1.event.>' : SOCIAL.subjects[0]!,
    from: { seq: 1 },
    signal: ended.signal,
    onMessages: (batch) => void messages.push(...batch),
    onCaughtUp: () => ended.abort(),
  });
  await consumption.done;
  await bus.close();
  return messages;
}

/** Ids of the statuses and comments of an event, in log order. */
export async function idsIn(nats: string, event: string): Promise<string[]> {
  return (await storedIn(nats, 'EVENTS')).flatMap((stored) => {
    const record = readFeed(stored);
    const isItem = record?.kind === 'status' || record?.kind === 'comment';
    return isItem && record.event === event ? [record.message.id] : [];
  });
}
