import type { SegmentLevers } from '@groundswell/contracts';

/** Levers that shape content, as the ticker stamps them into each tick. */
export const SEGMENT_LEVERS: SegmentLevers = {
  'everyone.segment_ms': 1000,
  'everyone.segment_max_bytes': 262_144,
};
