import { connectBus, getMessage, publisher } from '@groundswell/bus';
import { envelope, EVENTS, readFeed, subjects, type TickMessage } from '@groundswell/contracts';
import type { Disturbance } from './disturbance.js';

/** Forged ticks written at each occasion. */
const TICKS = 40;
const PAUSE_MS = 50;

/**
 * A process without the lease writes ticks: some that compete with the next real one, some that lie about their place
 * in the chain. Those that win are part of the log like any other; no two readers may disagree about which do.
 */
export function rogueTicks(): Disturbance {
  let written = 0;
  return {
    at: [0.2, 0.5],
    async run({ stack, event, say }) {
      const bus = await connectBus({ servers: stack.addresses.nats, name: 'replay-rogue' });
      const log = publisher(bus);
      for (let i = 0; i < TICKS; i++) {
        const stored = await getMessage(bus, EVENTS.name, { lastBySubject: subjects.tick(event) });
        const record = stored && readFeed(stored);
        if (record?.kind === 'tick') {
          const message = forge(record.message, record.seq, i);
          await log.publish(
            envelope({
              subject: subjects.tick(event),
              id: `rogue-${written}`,
              source: '/rogue',
              at: message.at,
              message,
            }),
          );
          written++;
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      await bus.close();
      say(`${written} forged ticks were written`);
    },
    check: () => (written >= TICKS ? [] : [`only ${written} forged ticks were written`]),
  };
}

function forge(last: TickMessage, seq: number, i: number): TickMessage {
  const competing: TickMessage = { ...last, n: last.n + 1, prev: seq, at: Math.max(last.at, Date.now()) };
  const lies: Partial<TickMessage>[] = [
    {},
    { n: last.n },
    { n: last.n + 2 },
    { prev: last.prev },
    { at: last.at - 1 },
    { serveFrom: last.n + 1, replayFrom: { n: 0, seq: 0 } },
    { rules: last.rules + 1 },
    { epoch: last.epoch - 1 },
  ];
  return { ...competing, ...lies[i % lies.length] };
}
