import { keys, PARTITIONS, type LogName } from './keys.js';
import { inner, type Store } from './store.js';

/** How far a partition of a view is. */
export interface Checkpoint {
  /** Creation of the log that it was made from, Unix milliseconds. */
  created: number;
  /** Highest position applied. */
  seq: number;
}

/** Of all 64 partitions, in one flight; undefined for one that holds nothing. */
export function checkpoints(store: Store, log: LogName): Promise<(Checkpoint | undefined)[]> {
  return Promise.all(
    Array.from({ length: PARTITIONS }, async (_, partition) => {
      const reply = await inner(store).send(['HMGET', keys.checkpoint(log, partition), 'created', 'seq']);
      return toCheckpoint(reply as StoredCheckpoint);
    }),
  );
}

/**
 * How far parts of a view are together, which is as far as the one that is furthest behind; undefined when one of them
 * holds nothing, or they were made from different logs.
 */
export function together(parts: readonly (Checkpoint | undefined)[]): Checkpoint | undefined {
  return parts.reduce((least, one) => {
    if (!least || !one || least.created !== one.created) return undefined;
    return one.seq < least.seq ? one : least;
  }, parts[0]);
}

export type StoredCheckpoint = [created: string | null, seq: string | null];

export function toCheckpoint([created, seq]: StoredCheckpoint): Checkpoint | undefined {
  return created === null || seq === null ? undefined : { created: Number(created), seq: Number(seq) };
}
