import type { Msg } from '@nats-io/nats-core';
import { PublishUnknown, Refused, StorageFull, WrongLastSequence } from './errors.js';

/** Where a message was stored. `duplicate`: it was there already under the same id, at `seq`. */
export interface Published {
  seq: number;
  duplicate: boolean;
}

interface Answer {
  seq?: number;
  duplicate?: boolean;
  error?: { code: number; err_code?: number; description?: string };
}

const WRONG_LAST_SEQUENCE = new Set([10_071, 10_164]);
/** Insufficient resources, storage resources, memory resources: no room, whatever the message. */
const NO_ROOM = new Set([10_023, 10_028, 10_047]);
/** "Stream store failed": the description tells why. */
const STORE_FAILED = 10_077;
const NO_ROOM_TEXT = /no space left|maximum (bytes|messages)|resource|quota|storage/i;

const decoder = new TextDecoder();

/** Reads the server's answer to a publish: where it was stored, or the error that it means. */
export function readAcknowledgement(message: Msg): Published | Error {
  const data = message.data;
  if (data.length === 0) {
    return new PublishUnknown(`nobody stores the subject just now (${message.headers?.status ?? 'empty answer'})`);
  }
  let answer: Answer;
  try {
    answer = JSON.parse(decoder.decode(data)) as Answer;
  } catch (cause) {
    return new PublishUnknown('the answer of the server cannot be read', { cause });
  }
  if (answer.error) return explain(answer.error);
  if (typeof answer.seq !== 'number') return new PublishUnknown('the answer of the server has no position');
  return { seq: answer.seq, duplicate: answer.duplicate === true };
}

function explain({ code, err_code = 0, description = 'no description' }: NonNullable<Answer['error']>): Error {
  const text = `${description} (${code}/${err_code})`;
  if (WRONG_LAST_SEQUENCE.has(err_code)) return new WrongLastSequence(text);
  if (NO_ROOM.has(err_code)) return new StorageFull(text);
  if (err_code === STORE_FAILED && NO_ROOM_TEXT.test(description)) return new StorageFull(text);
  // 5xx: the server's own trouble, or a cluster without a leader.
  if (code >= 500 || err_code === STORE_FAILED) return new PublishUnknown(text);
  return new Refused(text);
}
