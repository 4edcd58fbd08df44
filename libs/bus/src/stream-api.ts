/** Questions about streams to the JetStream API, with this library's errors. */
import type { Stored } from '@groundswell/contracts';
import { JetStreamApiCodes, JetStreamApiError, type MsgRequest, type StreamInfo } from '@nats-io/jetstream';
import { inner, type Bus, type NatsBus } from './bus.js';
import { StreamMissing, StreamUnavailable } from './errors.js';

/** A log, and where it begins and ends. An empty one has `lastSeq` = `firstSeq` − 1. */
export interface StreamSummary {
  /** Unix milliseconds. */
  created: number;
  /** Creation as the server writes it, with nanoseconds: what identifies this log. */
  createdText: string;
  firstSeq: number;
  lastSeq: number;
}

/** A position, the last message of a subject, or its first one from a position on. */
export type Wanted = { seq: number } | { lastBySubject: string } | { subject: string; from: number };

/** Throws `StreamMissing` or `StreamUnavailable`. */
export async function streamInfo(bus: Bus, name: string): Promise<StreamSummary> {
  const found = await fetchStream(inner(bus), name);
  if (!found) throw new StreamMissing(name);
  return summary(found);
}

/** A stored message, from the leader; undefined when there is none. Throws `StreamMissing` or `StreamUnavailable`. */
export async function getMessage(bus: Bus, stream: string, wanted: Wanted): Promise<Stored | undefined> {
  return readMessage(inner(bus), stream, wanted);
}

/** A stored message with what a bucket needs of it. */
export interface StoredMessage extends Stored {
  /** Unix milliseconds. */
  at: number;
  headers: { get(name: string): string };
}

export async function readMessage(bus: NatsBus, stream: string, wanted: Wanted): Promise<StoredMessage | undefined> {
  requireUp(bus, stream);
  try {
    const found = await bus.api.streams.getMessage(stream, queryOf(wanted));
    if (!found) return undefined;
    const { subject, seq, data, timestamp, header } = found;
    return { subject, seq, data, at: Date.parse(timestamp), headers: header };
  } catch (cause) {
    if (isCode(cause, JetStreamApiCodes.NoMessageFound)) return undefined;
    if (isCode(cause, JetStreamApiCodes.StreamNotFound)) throw new StreamMissing(stream, { cause });
    throw new StreamUnavailable(`no message of ${stream} can be read: ${apiFailure(cause)}`, { cause });
  }
}

function queryOf(wanted: Wanted): MsgRequest {
  if ('seq' in wanted) return { seq: wanted.seq };
  if ('lastBySubject' in wanted) return { last_by_subj: wanted.lastBySubject };
  // The driver's type lacks what its server takes.
  return { next_by_subj: wanted.subject, seq: wanted.from } as MsgRequest;
}

/** Takes a message out of a stream; false when it was not there. Throws `StreamMissing` or `StreamUnavailable`. */
export async function removeMessage(bus: Bus, stream: string, seq: number): Promise<boolean> {
  try {
    return await inner(bus).api.streams.deleteMessage(stream, seq, false);
  } catch (cause) {
    if (isCode(cause, JetStreamApiCodes.StreamNotFound)) throw new StreamMissing(stream, { cause });
    // The server has one code for all that can go wrong with it.
    if (!(await getMessage(bus, stream, { seq }))) return false;
    throw new StreamUnavailable(`a message of ${stream} cannot be removed: ${apiFailure(cause)}`, { cause });
  }
}

/** How many messages of a subject a stream holds. Throws `StreamMissing` or `StreamUnavailable`. */
export async function countMessages(bus: Bus, stream: string, subject: string): Promise<number> {
  try {
    const { state } = await inner(bus).api.streams.info(stream, { subjects_filter: subject });
    return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  } catch (cause) {
    if (isCode(cause, JetStreamApiCodes.StreamNotFound)) throw new StreamMissing(stream, { cause });
    throw new StreamUnavailable(`the messages of ${stream} cannot be counted: ${apiFailure(cause)}`, { cause });
  }
}

/** Undefined when there is no such stream. */
export async function fetchStream(bus: NatsBus, name: string): Promise<StreamInfo | undefined> {
  requireUp(bus, name);
  try {
    return await bus.api.streams.info(name);
  } catch (cause) {
    if (isCode(cause, JetStreamApiCodes.StreamNotFound)) return undefined;
    throw new StreamUnavailable(`the stream ${name} does not answer: ${apiFailure(cause)}`, { cause });
  }
}

export function summary({ created, state }: StreamInfo): StreamSummary {
  return {
    created: Date.parse(created),
    createdText: created,
    firstSeq: state.messages === 0 ? state.last_seq + 1 : state.first_seq,
    lastSeq: state.last_seq,
  };
}

export function apiFailure(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

export function isCode(cause: unknown, code: number): boolean {
  return cause instanceof JetStreamApiError && cause.code === code;
}

function requireUp(bus: NatsBus, stream: string): void {
  if (!bus.up) throw new StreamUnavailable(`the stream ${stream} cannot be asked: there is no connection to NATS`);
}
