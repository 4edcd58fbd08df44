import type { BucketDefinition, StreamDefinition } from '@groundswell/contracts';
import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import type { SettingDifference } from './errors.js';

const NANOS = 1_000_000;
/** A bucket remembers ids for at most this long. */
const BUCKET_DUPLICATES_MS = 120_000;

/** The settings that a definition stands for. Everything not named here is left to the server. */
export type StreamSettings = Pick<StreamConfig, 'name' | 'description' | 'subjects' | 'republish'> &
  Partial<StreamConfig>;

/** Everything is kept: no limit of any kind, and a full disk refuses instead of dropping the oldest. */
const KEEP_ALL = {
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_consumers: -1,
  max_msgs: -1,
  max_bytes: -1,
  max_msg_size: -1,
  max_age: 0,
  max_msgs_per_subject: -1,
  allow_direct: true,
} as const;

export function streamSettings(definition: StreamDefinition, replicas: number): StreamSettings {
  const { name, description, subjects, duplicateWindowMs, republish, retention } = definition;
  return {
    ...KEEP_ALL,
    ...(retention === 'work' ? { retention: RetentionPolicy.Workqueue } : {}),
    name,
    description,
    subjects: [...subjects],
    num_replicas: replicas,
    duplicate_window: duplicateWindowMs * NANOS,
    ...(republish ? { republish: { src: republish.from, dest: republish.to } } : {}),
  };
}

export function bucketStream(bucket: string): string {
  return `KV_${bucket}`;
}

/** A bucket is a stream by the conventions of NATS, so that every NATS tool can read it. */
export function bucketSettings(
  { name, description, history, ttlMs }: BucketDefinition,
  replicas: number,
): StreamSettings {
  const duplicatesMs = Math.min(BUCKET_DUPLICATES_MS, ttlMs ?? Infinity);
  return {
    ...KEEP_ALL,
    name: bucketStream(name),
    description,
    subjects: [`$KV.${name}.>`],
    num_replicas: replicas,
    max_msgs_per_subject: history,
    max_age: (ttlMs ?? 0) * NANOS,
    duplicate_window: duplicatesMs * NANOS,
    deny_delete: true,
    allow_rollup_hdrs: true,
  };
}

/** Where the configuration that is differs from the one that should be. Settings not named in the latter are not looked at. */
export function differences(is: StreamConfig, shouldBe: StreamSettings): SettingDifference[] {
  const found: SettingDifference[] = [];
  for (const field of Object.keys(shouldBe) as (keyof StreamSettings)[]) {
    const [now, wanted] = [plain(is[field]), plain(shouldBe[field])];
    if (now !== wanted) found.push({ field, is: is[field], shouldBe: shouldBe[field] });
  }
  return found;
}

/** Comparable text; what a server leaves out because it is empty or off equals what is written out. */
function plain(value: unknown): string {
  if (value === undefined || value === null || value === false || value === '') return '';
  if (Array.isArray(value)) return JSON.stringify(value.map(plain).sort());
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inside]) => plain(inside) !== '');
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
