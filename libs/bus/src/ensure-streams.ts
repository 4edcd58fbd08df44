import type { BucketDefinition, StreamDefinition } from '@groundswell/contracts';
import type { StreamInfo } from '@nats-io/jetstream';
import { inner, type Bus, type NatsBus } from './bus.js';
import { StreamConfigRefused, StreamUnavailable } from './errors.js';
import { apiFailure, fetchStream } from './stream-api.js';
import { bucketSettings, differences, streamSettings, type StreamSettings } from './stream-settings.js';

export interface EnsureOptions {
  /** Copies in a cluster; default 1. */
  replicas?: number;
}

/**
 * Makes sure that the streams exist as defined: creates, or updates what the server lets be updated. Any number of
 * processes may do so at once. Throws `StreamConfigRefused` for what cannot be changed.
 */
export async function ensureStreams(
  bus: Bus,
  definitions: readonly StreamDefinition[],
  { replicas = 1 }: EnsureOptions = {},
): Promise<void> {
  for (const definition of definitions) await ensure(inner(bus), streamSettings(definition, replicas));
}

/** The same for buckets. */
export async function ensureBuckets(
  bus: Bus,
  definitions: readonly BucketDefinition[],
  { replicas = 1 }: EnsureOptions = {},
): Promise<void> {
  for (const definition of definitions) await ensure(inner(bus), bucketSettings(definition, replicas));
}

async function ensure(bus: NatsBus, wanted: StreamSettings): Promise<void> {
  const found = (await fetchStream(bus, wanted.name)) ?? (await create(bus, wanted));
  const before = differences(found.config, wanted);
  if (before.length === 0) return;
  let cause: unknown;
  try {
    await bus.api.streams.update(wanted.name, { ...found.config, ...wanted });
  } catch (error) {
    cause = error;
  }
  // The server may have taken only a part, and says nothing about that.
  const after = await fetchStream(bus, wanted.name);
  const left = after ? differences(after.config, wanted) : before;
  if (left.length > 0) throw new StreamConfigRefused(wanted.name, left, { cause });
  bus.log.info({ stream: wanted.name, changed: before }, 'updated the configuration of a stream');
}

async function create(bus: NatsBus, wanted: StreamSettings): Promise<StreamInfo> {
  try {
    const created = await bus.api.streams.add(wanted);
    bus.log.info({ stream: wanted.name }, 'created a stream');
    return created;
  } catch (cause) {
    // Another process was faster.
    const found = await fetchStream(bus, wanted.name);
    if (found) return found;
    const reason = apiFailure(cause);
    throw new StreamUnavailable(`the stream ${wanted.name} could not be created: ${reason}`, { cause });
  }
}
