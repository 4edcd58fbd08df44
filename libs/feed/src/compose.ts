/**
 * Compose, mode *all*: a segment is every public status, comment and retraction between two ticks, in log order, as far
 * as the byte cap of the later tick allows. Pure: same records and tick, same segment.
 */
import type { Rendered, Tick } from './records.js';

export interface Segment {
  epoch: number;
  n: number;
  /** First and last position examined: the one after tick n−1, and tick n's own. */
  seq: readonly [number, number];
  at: number;
  /** Public messages between the ticks; those that are shown. The cap or a retraction takes the rest. */
  seen: number;
  shown: number;
  ops: readonly Rendered[];
}

export interface ComposeInput {
  tick: Tick;
  /** Position of the tick. */
  seq: number;
  /** Public ops since tick n−1, in log order. */
  ops: readonly Rendered[];
}

export function compose({ tick, seq, ops }: ComposeInput): Segment {
  const kept = capBytes(withoutRetracted(ops), tick.levers['everyone.segment_max_bytes']);
  return {
    epoch: tick.epoch,
    n: tick.n,
    seq: [tick.prev + 1, seq],
    at: tick.at,
    seen: ops.length,
    shown: kept.length,
    ops: kept,
  };
}

/** The segment without an op that was retracted later; itself when it does not hold the op. */
export function withoutOp(segment: Segment, id: string): Segment {
  const ops = segment.ops.filter(({ op }) => op.t === 'tomb' || op.id !== id);
  return ops.length === segment.ops.length ? segment : { ...segment, shown: ops.length, ops };
}

/** What is retracted before its segment is sealed is never shown; the tombstone still is. */
function withoutRetracted(ops: readonly Rendered[]): readonly Rendered[] {
  const retracted = new Set<string>();
  for (const { op } of ops) if (op.t === 'tomb') retracted.add(op.id);
  return retracted.size === 0 ? ops : ops.filter(({ op }) => op.t === 'tomb' || !retracted.has(op.id));
}

/** Tombstones always pass; of the rest, as many as fit, oldest first. */
function capBytes(ops: readonly Rendered[], maxBytes: number): readonly Rendered[] {
  let bytes = 0;
  for (const { bytes: size } of ops) bytes += size;
  if (bytes <= maxBytes) return ops;
  let room = maxBytes;
  let open = true;
  return ops.filter(({ op, bytes: size }) => {
    if (op.t === 'tomb') return true;
    if (open && size <= room) room -= size;
    else open = false;
    return open;
  });
}
