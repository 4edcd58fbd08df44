import { random } from './random.js';
import { smallWorld, type Edge } from './small-world.js';

const NODES = 300;
const edges = smallWorld({ nodes: NODES, degree: 10, rewired: 0.15 }, random(1));

function neighbours(all: readonly Edge[]): Map<number, Set<number>> {
  const of = new Map<number, Set<number>>(Array.from({ length: NODES }, (_, node) => [node, new Set<number>()]));
  for (const [a, b] of all) {
    of.get(a)!.add(b);
    of.get(b)!.add(a);
  }
  return of;
}

/** Steps from a node to every other that can be reached. */
function distances(of: Map<number, Set<number>>, from: number): number[] {
  const steps = new Map([[from, 0]]);
  const queue = [from];
  for (const node of queue) {
    for (const next of of.get(node)!) {
      if (steps.has(next)) continue;
      steps.set(next, steps.get(node)! + 1);
      queue.push(next);
    }
  }
  return [...steps.values()];
}

function clustering(of: Map<number, Set<number>>): number {
  const shares = [...of.values()].map((friends) => {
    const list = [...friends];
    const pairs = list.flatMap((a, i) => list.slice(i + 1).map((b) => of.get(a)!.has(b)));
    return pairs.length === 0 ? 0 : pairs.filter(Boolean).length / pairs.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

describe('smallWorld', () => {
  it('holds each friendship once, and nobody is their own friend', () => {
    expect(edges).toHaveLength((NODES * 10) / 2);
    expect(new Set(edges.map(([a, b]) => `${a}-${b}`)).size).toBe(edges.length);
    expect(edges.every(([a, b]) => a < b && b < NODES)).toBe(true);
  });

  it('is clustered like a circle of friends, and everybody is a few steps away', () => {
    const of = neighbours(edges);
    expect(clustering(of)).toBeGreaterThan(0.3);
    const steps = distances(of, 0);
    expect(steps).toHaveLength(NODES);
    expect(steps.reduce((sum, step) => sum + step, 0) / NODES).toBeLessThan(5);
  });

  it('repeats with its seed', () => {
    expect(smallWorld({ nodes: NODES, degree: 10, rewired: 0.15 }, random(1))).toEqual(edges);
    expect(smallWorld({ nodes: NODES, degree: 10, rewired: 0.15 }, random(2))).not.toEqual(edges);
  });
});
