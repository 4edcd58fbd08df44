import { connectBus, consumeOrdered } from '@groundswell/bus';
import { EVENTS, readFeed, subjects } from '@groundswell/contracts';
import type { Accepted } from './expectation.js';

export interface LogContent {
  /** Positions of each status and comment, by id. */
  positions: Map<string, number[]>;
  ticks: number;
}

/** Reads an event's whole log. */
export async function readLog(nats: string, event: string): Promise<LogContent> {
  const bus = await connectBus({ servers: nats, name: 'replay-verdict' });
  const content: LogContent = { positions: new Map(), ticks: 0 };
  const ended = new AbortController();
  const consumption = await consumeOrdered({
    bus,
    stream: EVENTS.name,
    filter: subjects.feedAll(event),
    from: { seq: 1 },
    signal: ended.signal,
    onMessages: (batch) => {
      for (const stored of batch) {
        const record = readFeed(stored);
        if (record?.kind === 'tick') content.ticks++;
        if (record?.kind !== 'status' && record?.kind !== 'comment') continue;
        const known = content.positions.get(record.message.id);
        if (known) known.push(stored.seq);
        else content.positions.set(record.message.id, [stored.seq]);
      }
    },
    onCaughtUp: () => ended.abort(),
  });
  await consumption.done;
  await bus.close();
  return content;
}

/** The log must hold every answered post once, at the position of its answer, and nothing else. */
export function checkLog({ positions }: LogContent, accepted: readonly Accepted[]): string[] {
  const faults: string[] = [];
  const answered = new Set(accepted.map(({ id }) => id));
  for (const { id, seq } of accepted) {
    const found = positions.get(id) ?? [];
    if (found.length !== 1 || found[0] !== seq)
      faults.push(`log: ${id} was answered with ${seq} and stands at [${found.join()}]`);
  }
  for (const id of positions.keys()) if (!answered.has(id)) faults.push(`log: ${id} was never answered`);
  return faults;
}
