import type { Room } from '../intake/room.js';
import { authorsPage } from './authors.js';
import { numberIn } from './parameters.js';

/** A page that never changes but by a takedown: its last segment, and what it is made of while that is held. */
export interface SealedPage {
  /** The segment that seals it. */
  last: number;
  /** Undefined when it is no longer held. */
  text(room: Room): string | undefined;
  /** Names of what it holds, for purging: without the event. */
  keys: readonly string[];
}

const ROLL_UP = /^(.*)x(8|64)$/;

/** The page of an address, or undefined when there is no such kind. Throws `invalid_parameter` for a bad number. */
export function sealedPage(kind: string, text: string): SealedPage | undefined {
  if (kind === 'snapshots') {
    const n = numberIn(text, 'the number of a snapshot');
    return { last: n, keys: [`snap-${n}`, 'snaps'], text: ({ frames }) => frames.snapshotText(n) };
  }
  if (kind === 'authors') return authorsPage(text);
  if (kind !== 'segments') return undefined;
  const [, group, size] = ROLL_UP.exec(text) ?? [];
  if (group !== undefined) return rollUp(numberIn(group, 'the number of a roll-up'), Number(size));
  const n = numberIn(text, 'the number of a segment');
  return { last: n, keys: [`seg-${n}`], text: ({ frames }) => frames.segmentText(n) };
}

/** Group k of a size: segments k × size + 1 to (k + 1) × size, so that groups are aligned and any size can be skipped to. */
function rollUp(k: number, size: number): SealedPage {
  const numbers = Array.from({ length: size }, (_, i) => k * size + i + 1);
  return {
    last: (k + 1) * size,
    keys: numbers.map((n) => `seg-${n}`),
    text: ({ frames }) => {
      const segments = numbers.map((n) => frames.segmentText(n));
      if (segments.includes(undefined)) return undefined;
      return `{"t":"roll","epoch":${frames.head.epoch},"k":${k},"size":${size},"segments":[${segments.join(',')}]}`;
    },
  };
}
