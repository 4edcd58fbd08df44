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

/**
 * Reads `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`, or the longer form with
 * domain and account in front. Undefined for the server's own remarks.
 */
export function parseDelivery(message: Msg): Delivery | undefined {
  const reply = message.reply;
  if (!reply?.startsWith('$JS.ACK.')) return undefined;
  const parts = reply.split('.');
  const at = parts.length === 9 ? 5 : 7;
  const nanos = parts[at + 2]!;
  return {
    delivered: Number(parts[at - 1]),
    streamSeq: Number(parts[at]),
    consumerSeq: Number(parts[at + 1]),
    timestamp: Number(nanos.slice(0, -6)),
    pending: Number(parts[at + 3]),
  };
}
