import type { MemberKeys } from '@groundswell/bus';
import { EVENTS, readFeed, readRaw, readSocial, SOCIAL } from '@groundswell/contracts';
import { applySlices, checkpoints, itemOps, privateOps, reactOps, socialOps, type Store } from '@groundswell/store';
import { bringForward } from './bring-forward.js';
import { Opener } from './opener.js';
import type { Projection } from './projector.js';

/** Every message counts: a view is up to date when its checkpoint is the log's last position, whatever stands there. */
const WHOLE_LOG = '>';

export interface SocialProjectionOptions {
  store: Store;
  keys: Pick<MemberKeys, 'find'>;
  /** So long a relationship status stands before anybody is told, unless its member wants a day, milliseconds. */
  settleMs: number;
}

/** Friend lists and profiles, what members show of their relationships, and whom they watch. */
export function socialProjection({ store, keys, settleMs }: SocialProjectionOptions): Projection {
  const log = SOCIAL.name as 'SOCIAL';
  const opener = new Opener(keys);
  return {
    log,
    filter: WHOLE_LOG,
    prepare: async (messages) => bringForward(store, await opener.open(messages), { settleMs }),
    opsOf: (message) => {
      const record = readSocial(message);
      if (record) return socialOps(record);
      const opened = opener.take(message);
      return opened ? privateOps(opened) : [];
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
