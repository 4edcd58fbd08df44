import type { Bus } from '@groundswell/bus';
import type { Log } from '@groundswell/runtime';
import type { Store } from '@groundswell/store';
import { itemsProjection, socialProjection } from './projections.js';
import { Projector } from './projector.js';

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

export interface ProjectorsOptions {
  bus: Bus;
  store: Store;
  log: Log;
}

/** Starts the projectors of both logs in this thread. */
export function startProjectors({ bus, store, log }: ProjectorsOptions): Projectors {
  const running = [socialProjection(store), itemsProjection(store)].map((projection) => ({
    name: projection.log,
    projector: new Projector({ bus, projection, log }),
  }));
  for (const { projector } of running) projector.start();
  return {
    states: async () =>
      running.map(({ name, projector: { caughtUp, alarm } }) => ({
        log: name,
        caughtUp,
        ...(alarm ? { alarm: alarm.message } : {}),
      })),
    stop: async () => {
      await Promise.all(running.map(({ projector }) => projector.stop()));
    },
  };
}
