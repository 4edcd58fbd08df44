import { paths } from '@groundswell/protocol';
import type { AccountBody, AccountsView, RemoteProvider, SocialAcceptedBody, WatchDelay } from '@groundswell/protocol';
import type { Wire } from './people-commands.js';

/** Who the signed-in member is in other networks, and whom they watch there, each named as the network does. */
export interface AccountCommands {
  /** Without tokens: nobody gets one back. */
  accounts(): Promise<AccountsView>;
  /** Refused with `invalid_body`, or `network_off`. That the account is another's shows later: it has to be connected again then. */
  connectAccount(provider: RemoteProvider, body: AccountBody): Promise<SocialAcceptedBody>;
  /** Who is watched there is kept, and not looked at. */
  disconnectAccount(provider: RemoteProvider): Promise<SocialAcceptedBody>;
  /**
   * All of them or none; `CHOSEN_MAX` at a time. Refused with `no_account`, `too_many_watches`, `unknown_accounts` (errors name
   * each), or `network_unavailable`: nothing is known of them then.
   */
  watchElsewhere(provider: RemoteProvider, subjects: readonly string[]): Promise<SocialAcceptedBody>;
  /** How long after a change the caller wants to be left alone. Refused with `not_watched`. */
  delayElsewhere(provider: RemoteProvider, subject: string, delay: WatchDelay): Promise<SocialAcceptedBody>;
  unwatchElsewhere(provider: RemoteProvider, subject: string): Promise<SocialAcceptedBody>;
}

export function accountCommands({ read, write }: Wire): AccountCommands {
  const say = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    write(method, path, body) as Promise<SocialAcceptedBody>;
  return {
    accounts: () => read(paths.accounts()) as Promise<AccountsView>,
    connectAccount: (provider, body) => say('PUT', paths.account(provider), body),
    disconnectAccount: (provider) => say('DELETE', paths.account(provider)),
    watchElsewhere: (provider, subjects) => say('POST', paths.remoteWatches(provider), { subjects }),
    delayElsewhere: (provider, subject, delay) => say('PUT', paths.remoteWatchDelay(provider, subject), { delay }),
    unwatchElsewhere: (provider, subject) => say('DELETE', paths.remoteWatch(provider, subject)),
  };
}
