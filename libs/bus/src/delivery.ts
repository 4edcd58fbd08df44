import type { Msg } from '@nats-io/nats-core';

/** What a delivered message says of itself, in its reply subject. */
export interface Delivery {
  /** How often it has been handed out, this time included. */
  delivered: number;
  streamSeq: number;
  consumerSeq: number;
  /** Unix milliseconds. */
  timestamp: number;
  /** Messages after this one that match the filter. */
  pending: number;
}

const PREFIX = '$JS.ACK.';
const ZERO = 48;
/** Digits of a time in nanoseconds below the millisecond. */
const NANO_DIGITS = 6;

/**
 * Reads `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`, or the longer form with
 * domain and account in front, which can have one more word at its end. Undefined for the server's own remarks.
 */
export function parseDelivery(message: Msg): Delivery | undefined {
  const reply = message.reply;
  if (!reply?.startsWith(PREFIX)) return undefined;
  // Read where it stands: `split` makes nine texts of each message.
  const isLong = dots(reply) > 8;
  const delivered = afterDots(reply, PREFIX.length, isLong ? 4 : 2);
  const streamSeq = afterDots(reply, delivered, 1);
  const consumerSeq = afterDots(reply, streamSeq, 1);
  const nanos = afterDots(reply, consumerSeq, 1);
  const pending = afterDots(reply, nanos, 1);
  return {
    delivered: digitsFrom(reply, delivered, streamSeq - 1),
    streamSeq: digitsFrom(reply, streamSeq, consumerSeq - 1),
    consumerSeq: digitsFrom(reply, consumerSeq, nanos - 1),
    // All of them are more than a number holds exactly.
    timestamp: digitsFrom(reply, nanos, pending - 1 - NANO_DIGITS),
    pending: digitsFrom(reply, pending, reply.length),
  };
}

function dots(text: string): number {
  let count = 0;
  for (let at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) count++;
  return count;
}

/** Where the word after so many dots begins. */
function afterDots(text: string, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) at = text.indexOf('.', at) + 1;
  return at;
}

/** The number that stands there; what follows its digits is left out. */
function digitsFrom(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  return value;
}
