import { EVENTS, readFeed, readRaw, readSocial, SOCIAL } from '@groundswell/contracts';
import { applySlices, checkpoints, itemOps, reactOps, socialOps, type Store } from '@groundswell/store';
import type { Projection } from './projector.js';

/** Every message counts: a view is up to date when its checkpoint is the log's last position, whatever stands there. */
const WHOLE_LOG = '>';

/** Friend lists and profiles. */
export function socialProjection(store: Store): Projection {
  const log = SOCIAL.name as 'SOCIAL';
  return {
    log,
    filter: WHOLE_LOG,
    opsOf: (message) => {
      const record = readSocial(message);
      return record ? socialOps(record) : [];
    },
    apply: (created, slices) => applySlices(store, { log, created, slices }),
    checkpoints: () => checkpoints(store, log),
  };
}

/** Statuses and comments by id, the newest of each author with what is said of them, and the counts of each story. */
export function itemsProjection(store: Store): Projection {
  const log = EVENTS.name as 'EVENTS';
  return {
    log,
    filter: WHOLE_LOG,
    opsOf: (message) => {
      const record = readFeed(message);
      if (record) return itemOps(record);
      const raw = readRaw(message);
      return raw ? reactOps(raw) : [];
    },
    apply: (created, slices) => applySlices(store, { log, created, slices }),
    checkpoints: () => checkpoints(store, log),
  };
}
