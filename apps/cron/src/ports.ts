import { publisher, type Bus, type Publisher } from '@groundswell/bus';
import type { Credential } from '@groundswell/relations';
import {
  commitPairs,
  leaseDue,
  readPairs,
  type LeaseOptions,
  type Store,
  type StoredPairs,
  type WatcherCommit,
} from '@groundswell/store';

/** What the steps do outside of the process; every one may be the last. */
export interface CronPorts {
  publisher: Publisher;
  lease: (provider: string, options: LeaseOptions) => Promise<string[]>;
  read: (provider: string, watchers: readonly string[]) => Promise<StoredPairs[]>;
  /** Who watchers are at a provider; those who are not in it have given no permission, or need none. */
  credentials: (provider: string, watchers: readonly string[]) => Promise<ReadonlyMap<string, Credential>>;
  commit: (provider: string, commits: readonly WatcherCommit[]) => Promise<boolean[]>;
}

/** NATS and Redis. Nobody can give permission for another network yet: there are no credentials. */
export function connectedPorts(bus: Bus, store: Store): CronPorts {
  return {
    publisher: publisher(bus),
    lease: (provider, options) => leaseDue(store, { check: provider }, options),
    read: (provider, watchers) => readPairs(store, provider, watchers),
    credentials: () => Promise.resolve(new Map()),
    commit: (provider, commits) => commitPairs(store, provider, commits),
  };
}
