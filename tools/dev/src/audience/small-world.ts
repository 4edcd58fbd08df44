import type { Random } from './random.js';

export type Edge = readonly [number, number];

export interface SmallWorldOptions {
  nodes: number;
  /** Friends of each node before rewiring; even. */
  degree: number;
  /** Share of friendships that lead somewhere else than to neighbours. */
  rewired: number;
}

/** Watts and Strogatz: a ring of neighbours in which some friendships are bent to anybody. Each edge once, low end first. */
export function smallWorld({ nodes, degree, rewired }: SmallWorldOptions, { chance, int }: Random): Edge[] {
  const edges = new Map<number, Edge>();
  const keyOf = (a: number, b: number) => Math.min(a, b) * nodes + Math.max(a, b);
  const add = (a: number, b: number) => edges.set(keyOf(a, b), a < b ? [a, b] : [b, a]);
  for (let step = 1; step <= degree / 2; step++) {
    for (let node = 0; node < nodes; node++) add(node, (node + step) % nodes);
  }
  for (let step = 1; step <= degree / 2; step++) {
    for (let node = 0; node < nodes; node++) {
      const neighbour = (node + step) % nodes;
      if (!chance(rewired)) continue;
      const other = int(0, nodes - 1);
      if (other === node || edges.has(keyOf(node, other))) continue;
      edges.delete(keyOf(node, neighbour));
      add(node, other);
    }
  }
  return [...edges.values()];
}
