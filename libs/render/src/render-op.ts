import type { Op } from '@groundswell/protocol';
import { facets } from './facets.js';

/** An op and its JSON, made once and used in every segment, item and snapshot that holds the op. */
export interface RenderedOp<T extends Op = Op> {
  op: T;
  json: string;
  /** UTF-8 length of `json`. */
  bytes: number;
}

/** Adds facets to a story or comment, which is changed, and encodes it. Where there are none the field is left out. */
export function renderOp<T extends Op>(op: T): RenderedOp<T> {
  if ('text' in op) {
    const found = facets(op.text);
    // A list that has grown has room for more, and ops are held by the hundred thousand.
    if (found.length > 0) op.facets = found.slice();
  }
  const json = JSON.stringify(op);
  return { op, json, bytes: utf8Length(json) };
}

/** Bytes of the UTF-8 form, without making it. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Half of a pair counts two here, so that a pair makes four.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
