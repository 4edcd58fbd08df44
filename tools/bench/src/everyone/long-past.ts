import { subjects, type EventRecord } from '@groundswell/contracts';
import { EventFeed, type Render } from '@groundswell/feed';
import { StatusMaker } from '../statuses/status-maker.js';
import type { Scene } from './scene.js';

/** Of an event in its peak minute. */
const PER_SECOND = 142;

const LEVERS = { 'everyone.segment_ms': 1_000, 'everyone.segment_max_bytes': 262_144 };

/** Only positions count for whoever writes ticks. */
const unrendered: Render = (op) => ({ op, json: '', bytes: 0 });

/** Writes an event that has run for hours at its peak, a tick a second. Returns its newest tick. */
export async function writeLongPast({ stack, texts, say }: Scene, event: string, statuses: number): Promise<number> {
  const { created } = await stack.events();
  const feed = new EventFeed({ render: unrendered });
  const maker = new StatusMaker(texts);
  const seconds = Math.ceil(statuses / PER_SECOND);
  const start = Date.now() - seconds * 1_000;
  for (let second = 0; second < seconds; second++) {
    const at = start + second * 1_000;
    const messages = Array.from({ length: PER_SECOND }, () => maker.next(at));
    const positions = await Promise.all(
      messages.map((message) => stack.write(subjects.feed(event, 'everyone', 'status'), message.id, message)),
    );
    messages.forEach((message, i) => feed.push({ kind: 'status', audience: 'everyone', seq: positions[i]!, message }));
    const tick = feed.nextTick({ epoch: created, at: at + 1_000, social: 0, leverRev: 0, levers: LEVERS });
    feed.tick(tick, await stack.write(subjects.tick(event), `${event}-tick-${tick.n}`, tick));
    if (second % 1_000 === 999) say(`a long past: ${(second + 1) * PER_SECOND} statuses`);
  }
  const record: EventRecord = { id: event, title: event, state: 'live', createdAt: start };
  await stack.putEvent(record);
  return feed.head!.n;
}
