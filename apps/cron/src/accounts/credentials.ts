import type { MemberKeys } from '@groundswell/bus';
import { tokenAbout } from '@groundswell/contracts';
import type { Credential } from '@groundswell/relations';
import { SealBroken, unseal } from '@groundswell/runtime';
import { OWN_NETWORK, type StoredAccount } from '@groundswell/store';

export interface CredentialsOptions {
  accounts: (provider: string, members: readonly string[]) => Promise<(StoredAccount | undefined)[]>;
  keys: Pick<MemberKeys, 'find'>;
}

/**
 * Opens what members have said of who they are in other networks. A token that was opened is kept nowhere: looks at other
 * networks are too few for it to matter.
 */
export class Credentials {
  constructor(private readonly o: CredentialsOptions) {}

  /** Those who are not in it have given no permission, or it cannot be read any more. */
  async of(provider: string, watchers: readonly string[]): Promise<ReadonlyMap<string, Credential>> {
    // Here everybody is who they are.
    if (provider === OWN_NETWORK) return new Map();
    const stored = await this.o.accounts(provider, watchers);
    const found = await Promise.all(watchers.map((watcher, i) => this.open(provider, watcher, stored[i])));
    return new Map(watchers.flatMap((watcher, i): [string, Credential][] => (found[i] ? [[watcher, found[i]]] : [])));
  }

  private async open(
    provider: string,
    member: string,
    stored: StoredAccount | undefined,
  ): Promise<Credential | undefined> {
    if (!stored || stored.account === null) return undefined;
    const { account, token: box, of } = stored;
    if (box === undefined) return { account, grant: of };
    const key = await this.o.keys.find(member);
    if (!key) return undefined;
    try {
      const opened = await unseal(key, tokenAbout({ provider, account, member }), box);
      const { token } = opened as { token?: unknown };
      return typeof token === 'string' ? { account, token, grant: of } : undefined;
    } catch (error) {
      // A box of a key that was erased, or one that lay with another account.
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}
