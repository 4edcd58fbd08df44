import { hash32 } from '@groundswell/protocol';

/**
 * Which authors a viewer with too many of them follows: those with the lowest numbers, where the number of an author is a
 * hash of viewer and author. So a viewer has the same ones on every node, and each viewer others.
 */

/** The number of an author for a viewer, below 2^32. */
export function drawOf(viewer: string, author: string): number {
  return hash32(`${viewer}>${author}`);
}

/** The highest number that is still followed when at most `most` may be; `Infinity` when all may. */
export function limitOf(draws: readonly number[], most: number): number {
  return draws.length <= most ? Infinity : [...draws].sort((a, b) => a - b)[most - 1]!;
}
