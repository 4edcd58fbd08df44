import type { Scale } from '../options.js';

export interface IngestSizes {
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  /** Members that post in turn. */
  members: number;
}

export const INGEST_SIZES: Readonly<Record<Scale, IngestSizes>> = {
  full: { connections: 128, warmUpSeconds: 5, seconds: 30, members: 1_000 },
  quick: { connections: 128, warmUpSeconds: 3, seconds: 8, members: 200 },
  miniature: { connections: 8, warmUpSeconds: 0.1, seconds: 0.4, members: 4 },
};
