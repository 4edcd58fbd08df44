import type { PrivateRecord } from '@groundswell/contracts';
import { makeDue, OWN_NETWORK, readWatchers, type Store } from '@groundswell/store';

/**
 * Lets those who watch somebody who has published a status be looked at again once it has stood for long enough. Doing so
 * twice is no more than once; what is to be told by nobody brings nobody forward.
 */
export async function bringForward(
  store: Store,
  records: readonly PrivateRecord[],
  { settleMs }: { settleMs: number },
): Promise<void> {
  const published = records.flatMap(({ kind, content, member, at }) =>
    kind === 'relationship' && !content.quiet ? [{ member, dueAt: at + (content.settleMs ?? settleMs) }] : [],
  );
  if (published.length === 0) return;
  const watchers = await readWatchers(
    store,
    published.map(({ member }) => member),
  );
  await Promise.all(published.map(({ dueAt }, i) => makeDue(store, { check: OWN_NETWORK }, watchers[i]!, dueAt)));
}
