import type { Msg } from '@nats-io/nats-core';
import { parseDelivery } from './delivery.js';

const delivered = (reply: string | undefined) => parseDelivery({ reply } as Msg);

describe('parseDelivery', () => {
  const expected = { delivered: 1, streamSeq: 42, consumerSeq: 3, timestamp: 1_700_000_000_123, pending: 5 };

  it('reads both forms of the reply subject', () => {
    expect(delivered('$JS.ACK.EVENTS.c.1.42.3.1700000000123456789.5')).toEqual(expected);
    expect(delivered('$JS.ACK.hub.hash.EVENTS.c.1.42.3.1700000000123456789.5')).toEqual(expected);
    expect(delivered('$JS.ACK.hub.hash.EVENTS.c.1.42.3.1700000000123456789.5.random')).toEqual(expected);
  });

  it('leaves the remarks of the server alone', () => {
    expect(delivered('')).toBeUndefined();
    expect(delivered(undefined)).toBeUndefined();
    expect(delivered('$JS.FC.EVENTS')).toBeUndefined();
  });
});
