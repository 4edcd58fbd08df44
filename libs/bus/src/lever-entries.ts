/** Levers as they are stored in their bucket, and who turned them. */
import { LEVERS_BUCKET } from '@groundswell/contracts';
import {
  LeverBook,
  readLeverRecord,
  recordKey,
  type LeverEntry,
  type LeverPlace,
  type LeverRecord,
  type LeverTurn,
} from '@groundswell/levers';
import type { Msg } from '@nats-io/nats-core';
import { openBucket } from './bucket.js';
import { inner, type Bus } from './bus.js';
import { isDeletion } from './deletion.js';
import { StreamUnavailable } from './errors.js';
import { OrderedReader } from './ordered-reader.js';
import { bucketStream } from './stream-settings.js';

export const LEVERS_STREAM = bucketStream(LEVERS_BUCKET.name);
export const LEVERS_PREFIX = `$KV.${LEVERS_BUCKET.name}.`;

const READ_MS = 5_000;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** What was stored of a lever once. */
export type LeverPast = { revision: number; storedAt: number } & (
  | { state: 'set'; record: LeverRecord }
  | { state: 'deleted' }
  /** It was not acceptable, and everybody passed it over. */
  | { state: 'ignored'; reason: string }
);

/** What was turned, oldest first; at most as many as the bucket keeps. Rejects with the errors of reading. */
export async function leverHistory(bus: Bus, { scope, key }: LeverPlace): Promise<LeverPast[]> {
  const entries = await readAll(bus, recordKey(scope, key));
  const book = new LeverBook();
  return entries.map((entry) => {
    const place = { revision: entry.revision, storedAt: entry.at };
    const reason = book.add(entry);
    if (reason !== undefined) return { ...place, state: 'ignored', reason };
    if (entry.json === undefined) return { ...place, state: 'deleted' };
    return { ...place, state: 'set', record: readLeverRecord(key, entry.json, entry.at) };
  });
}

/**
 * Turns a lever and gives the record stored, with its revision. Rejects with `LeverRefused`; with `WrongLastSequence`
 * when somebody else has just turned the same; and with the errors of reading and publishing.
 */
export async function turnLever(
  bus: Bus,
  place: LeverPlace,
  turn: LeverTurn,
): Promise<{ revision: number; record: LeverRecord }> {
  const name = recordKey(place.scope, place.key);
  const entries = await readAll(bus, name);
  const book = new LeverBook();
  for (const entry of entries) book.add(entry);
  const record = book.prepare(place, turn);
  const value = encoder.encode(JSON.stringify(record));
  const revision = await openBucket(bus, LEVERS_BUCKET).update(name, value, entries.at(-1)?.revision ?? 0);
  return { revision, record };
}

/** The entry that a message of the bucket's stream is. What is no JSON stays text, which no record is. */
export function leverEntry(message: Msg, revision: number, at: number): LeverEntry {
  const key = message.subject.slice(LEVERS_PREFIX.length);
  return { key, revision, json: isDeletion(message.headers) ? undefined : parse(message.data), at };
}

function parse(data: Uint8Array): unknown {
  const text = decoder.decode(data);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** All that the bucket has of a key. */
async function readAll(bus: Bus, key: string): Promise<LeverEntry[]> {
  const entries: LeverEntry[] = [];
  let complete = false;
  const reader = new OrderedReader<LeverEntry>({
    bus: inner(bus),
    stream: LEVERS_STREAM,
    filter: LEVERS_PREFIX + key,
    start: { seq: 1 },
    onChange: 'fail',
    read: leverEntry,
    onBatch: (batch) => void entries.push(...batch),
    onCaughtUp: () => {
      complete = true;
      reader.stop();
    },
  });
  const timer = setTimeout(() => reader.stop(), READ_MS);
  try {
    await reader.open();
    await reader.run();
  } finally {
    clearTimeout(timer);
  }
  if (!complete) throw new StreamUnavailable(`the bucket ${LEVERS_BUCKET.name} could not be read within ${READ_MS} ms`);
  return entries;
}
