import { MeasurementInvalid } from '../measurement-invalid.js';
import { EVENT } from '../stack/stack.js';
import { writeLongPast } from './long-past.js';
import type { Scene } from './scene.js';

export interface BootFigures {
  /** From the start of the process until it is ready. */
  seconds: number;
  /** Statuses behind it. */
  statuses: number;
}

interface Ready {
  events: { event: string; n: number }[];
}

const LONG = 'long';
const PATIENCE_MS = 60_000;
/** Each look takes the node a millisecond of what is measured. */
const LOOK_MS = 50;

/** How soon a node serves an event that has run for hours. */
export async function measureBoot(scene: Scene): Promise<BootFigures> {
  const { stack, sizes, say } = scene;
  const statuses = sizes.bootStatuses;
  say(`a node starts into an event with ${statuses} statuses behind it`);
  // The node is to start into one event, not into what this run has written before.
  await stack.endEvent(EVENT);
  const newest = await writeLongPast(scene, LONG, statuses);
  const start = performance.now();
  const fanout = await stack.app('fanout', { NODE_ID: 'fanout-boot' });
  const ready = `http://127.0.0.1:${fanout.port}/ready`;
  for (;;) {
    const answer = await fetch(ready);
    const { events } = (await answer.json()) as Ready;
    if (answer.ok && events.some(({ event, n }) => event === LONG && n >= newest)) break;
    if (performance.now() - start > PATIENCE_MS)
      throw new MeasurementInvalid('The node was not ready within a minute.');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const seconds = (performance.now() - start) / 1_000;
  await fanout.stop();
  return { seconds, statuses };
}
