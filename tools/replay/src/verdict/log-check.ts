import { connectBus, consumeOrdered } from '@groundswell/bus';
import { EVENTS, readFeed, subjects } from '@groundswell/contracts';
import type { Audience } from '@groundswell/protocol';
import type { Accepted, ExpectedItem, Told } from './expectation.js';
import { TickChain, type ValidTick } from './tick-chain.js';

export interface LogContent {
  /** Positions of each status and comment, by id. */
  positions: Map<string, number[]>;
  audiences: Map<string, Audience>;
  /** What was told of how many comments and likes stories have. */
  told: Told;
  /** Ticks of all kinds, and those of them that count. */
  ticks: number;
  valid: readonly ValidTick[];
}

/** Reads an event's whole log. */
export async function readLog(nats: string, event: string): Promise<LogContent> {
  const bus = await connectBus({ servers: nats, name: 'replay-verdict' });
  const chain = new TickChain();
  const told: Told = { upTo: 0, counts: [] };
  const content: LogContent = { positions: new Map(), audiences: new Map(), told, ticks: 0, valid: chain.valid };
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
        told.upTo = stored.seq;
        if (record?.kind === 'counts') told.counts.push({ seq: stored.seq, of: record.message.of });
        if (record?.kind === 'tick') {
          content.ticks++;
          chain.take({ ...record.message, seq: stored.seq });
        }
        if (record?.kind !== 'status' && record?.kind !== 'comment') continue;
        content.audiences.set(record.message.id, record.audience);
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
export function checkLog({ positions }: Pick<LogContent, 'positions'>, accepted: readonly Accepted[]): string[] {
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

/** Each item must stand where its story's audience has it, and the ticks that viewers got must be those that count. */
export function checkChain(
  { audiences, valid }: Pick<LogContent, 'audiences' | 'valid'>,
  items: readonly ExpectedItem[],
  seen: ReadonlyMap<number, number>,
): string[] {
  const strayed = items.filter(({ id, audience }) => audiences.has(id) && audiences.get(id) !== audience);
  const positions = new Map(valid.map(({ n, seq }) => [n, seq]));
  const others = [...seen].filter(([n, seq]) => n > 0 && positions.get(n) !== seq);
  return [
    ...strayed.map(({ id, audience }) => `log: ${id} is for ${audience} and stands elsewhere`),
    ...others.map(([n, seq]) => `log: viewers got tick ${n} at ${seq}, the chain has it at ${positions.get(n)}`),
  ];
}
