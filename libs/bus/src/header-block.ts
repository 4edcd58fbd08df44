import type { MsgHdrs } from '@nats-io/nats-core';

const BREAK = /[\r\n]/;

/** Headers of a message as bytes, in one go: the driver's own map looks up every name several times. */
export function headerBlock(headers: Readonly<Record<string, string>>, lastSeq?: number): MsgHdrs {
  let text = 'NATS/1.0\r\n';
  for (const name in headers) {
    const value = headers[name]!;
    if (BREAK.test(value)) throw new TypeError(`the header ${name} holds a line break`);
    text += `${name}: ${value}\r\n`;
  }
  if (lastSeq !== undefined) text += `Nats-Expected-Last-Subject-Sequence: ${lastSeq}\r\n`;
  const block = { encode: () => Buffer.from(`${text}\r\n`) };
  // Publishing asks the headers for nothing but their bytes.
  return block as unknown as MsgHdrs;
}
