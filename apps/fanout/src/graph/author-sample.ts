/**
 * Which authors a viewer with too many of them follows: those with the lowest numbers, where the number of an author is a
 * hash of viewer and author. So a viewer has the same ones on every node, and each viewer others.
 */

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a (32 bits) of `viewer>author`, mixed by the finaliser of MurmurHash3 so that neighbours lie apart. */
export function drawOf(viewer: string, author: string): number {
  let hash = add(add(FNV_OFFSET, viewer), '>');
  hash = add(hash, author);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function add(hash: number, text: string): number {
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash;
}

/** The highest number that is still followed when at most `most` may be; `Infinity` when all may. */
export function limitOf(draws: readonly number[], most: number): number {
  return draws.length <= most ? Infinity : [...draws].sort((a, b) => a - b)[most - 1]!;
}
