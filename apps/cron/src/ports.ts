import { memberKeys, publisher, type Bus, type Publisher } from '@groundswell/bus';
import type { Credential } from '@groundswell/relations';
import {
  commitPairs,
  leaseDue,
  readAccounts,
  readPairs,
  type LeaseOptions,
  type Store,
  type StoredPairs,
  type WatcherCommit,
} from '@groundswell/store';
import { AccountLosses, type Loss } from './accounts/account-losses.js';
import { Credentials } from './accounts/credentials.js';

/** What the steps do outside of the process; every one may be the last. */
export interface CronPorts {
  publisher: Publisher;
  lease: (provider: string, options: LeaseOptions) => Promise<string[]>;
  read: (provider: string, watchers: readonly string[]) => Promise<StoredPairs[]>;
  /** Who watchers are at a provider; those who are not in it have given no permission, or need none. */
  credentials: (provider: string, watchers: readonly string[]) => Promise<ReadonlyMap<string, Credential>>;
  commit: (provider: string, commits: readonly WatcherCommit[]) => Promise<boolean[]>;
  /** A permission is not accepted any more. */
  lose: (loss: Loss, said: { at: number; source: string }) => Promise<void>;
  /** Those of the watchers whose accounts are lost are to be asked to connect them again, unless they have been. */
  remind: (provider: string, watchers: readonly string[], said: { at: number; source: string }) => Promise<void>;
}

/** NATS and Redis. */
export function connectedPorts(bus: Bus, store: Store): CronPorts {
  const messages = publisher(bus);
  const keys = memberKeys(bus);
  const losses = new AccountLosses({ publisher: messages, keys });
  const known = new Credentials({ accounts: (provider, members) => readAccounts(store, provider, members), keys });
  return {
    publisher: messages,
    lease: (provider, options) => leaseDue(store, { check: provider }, options),
    read: (provider, watchers) => readPairs(store, provider, watchers),
    credentials: (provider, watchers) => known.of(provider, watchers),
    commit: (provider, commits) => commitPairs(store, provider, commits),
    lose: (loss, said) => losses.tell(loss, said),
    remind: async (provider, watchers, said) => {
      const accounts = await readAccounts(store, provider, watchers);
      await Promise.all(
        accounts.map(async (account, i) => {
          if (account?.account === null) await losses.remind({ provider, member: watchers[i]!, of: account.of }, said);
        }),
      );
    },
  };
}
