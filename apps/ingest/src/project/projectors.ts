import { lease, memberKeys, openBucket, publisher, type Bus } from '@groundswell/bus';
import { LEASES_BUCKET } from '@groundswell/contracts';
import { systemClock, type Log } from '@groundswell/runtime';
import type { Store } from '@groundswell/store';
import { CountsTeller } from './counts-teller.js';
import { itemsProjection, socialProjection } from './projections.js';
import { Projector, type Projection } from './projector.js';

/** How a view stands. */
export interface ViewState {
  log: string;
  /** It has everything that is in its log. */
  caughtUp: boolean;
  /** What keeps it from being kept up, if anything does. */
  alarm?: string;
}

/** The projectors of a process. */
export interface Projectors {
  states(): Promise<ViewState[]>;
  stop(): Promise<void>;
}

export interface ProjectorParts {
  bus: Bus;
  store: Store;
  /** Name of the process. */
  node: string;
  /** So long a relationship status stands before anybody is told, milliseconds. */
  settleMs: number;
  log: Log;
}

export interface ProjectorsOptions extends ProjectorParts {
  /** The lever `counts.tick_ms` of an event. */
  countsTickMs: (event: string) => number;
}

/** Starts the projectors of both logs in this thread, and what tells the counts that they keep. */
export function startProjectors({ bus, store, node, settleMs, countsTickMs, log }: ProjectorsOptions): Projectors {
  const make = (projection: Projection) => ({
    name: projection.log,
    projector: new Projector({ bus, projection, log }),
  });
  const items = make(itemsProjection(store));
  const running = [make(socialProjection({ store, keys: memberKeys(bus), settleMs })), items];
  for (const { projector } of running) projector.start();
  const held = lease({ bucket: openBucket(bus, LEASES_BUCKET), key: 'counts', holder: node });
  const messages = publisher(bus);
  const counts = new CountsTeller({
    store,
    publish: (envelope) => messages.publish(envelope),
    source: `/ingest/${node}`,
    lease: held,
    isCurrent: () => items.projector.isCurrent,
    tickMs: countsTickMs,
    clock: systemClock,
    log,
  });
  counts.start();
  return {
    states: async () =>
      running.map(({ name, projector: { caughtUp, alarm } }) => ({
        log: name,
        caughtUp,
        ...(alarm ? { alarm: alarm.message } : {}),
      })),
    stop: async () => {
      await counts.stop();
      await Promise.all([held.release(), ...running.map(({ projector }) => projector.stop())]);
    },
  };
}
