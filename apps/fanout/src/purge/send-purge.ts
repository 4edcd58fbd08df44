const PATIENCE_MS = 2_000;

/** A cache did not purge. */
export class PurgeRefused extends Error {
  override readonly name = 'PurgeRefused';
  readonly code = 'purge_refused';
}

/** Asks each cache to drop the pages with any of these surrogate keys: `PURGE /`, the keys in `Surrogate-Key`. */
export async function sendPurge(caches: readonly string[], keys: readonly string[]): Promise<void> {
  const headers = { 'Surrogate-Key': keys.join(' ') };
  await Promise.all(
    caches.map(async (cache) => {
      const answer = await fetch(cache, { method: 'PURGE', headers, signal: AbortSignal.timeout(PATIENCE_MS) });
      await answer.arrayBuffer();
      if (!answer.ok) {
        throw new PurgeRefused(`${cache} answered ${answer.status}: does it take PURGE from this machine?`);
      }
    }),
  );
}
