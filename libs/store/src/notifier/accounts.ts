import type { AccountLoss } from '@groundswell/protocol';
import { keys } from '../keys.js';
import { inner, type Store } from '../store.js';

/** Who a member is in another network, or was until it could be asked nothing any more. Times in Unix milliseconds. */
export type StoredAccount =
  | {
      account: string;
      /** In a box, about `tokenAbout`; absent where none is needed. */
      token?: string;
      since: number;
      /** Position in the log at which it was connected. */
      of: number;
    }
  | { account: null; reason: AccountLoss; since: number; of: number };

/** Who members are at a provider, in the order asked; in one flight. */
export async function readAccounts(
  store: Store,
  provider: string,
  members: readonly string[],
): Promise<(StoredAccount | undefined)[]> {
  const replies = await Promise.all(
    members.map((member) => inner(store).send(['HGET', keys.accounts(member), provider])),
  );
  return (replies as (string | null)[]).map((json) =>
    json === null ? undefined : (JSON.parse(json) as StoredAccount),
  );
}
