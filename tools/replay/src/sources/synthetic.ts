/** Made-up input of the same form as the real one, for places without data. Follows from the seed alone. */
import type { SourceGraph } from './graph.js';
import type { SourceMessage } from './messages.js';
import { randomFrom } from './random.js';

/** A graph with hubs: each node joins `degree` others, the popular ones more often (Barabási & Albert 1999). */
export function syntheticGraph({ nodes, degree, seed }: { nodes: number; degree: number; seed: number }): SourceGraph {
  const random = randomFrom(seed);
  const ends: number[] = [0];
  const edges: [string, string][] = [];
  for (let node = 1; node < nodes; node++) {
    const chosen = new Set<number>();
    for (let i = 0; i < Math.min(degree, node) * 2 && chosen.size < degree; i++) {
      const other = ends[Math.floor(random() * ends.length)]!;
      if (other !== node) chosen.add(other);
    }
    for (const other of chosen) {
      edges.push([String(other), String(node)]);
      ends.push(other, node);
    }
  }
  return { nodes: Array.from({ length: nodes }, (_, node) => String(node)), edges };
}

const WORDS =
  'the goal ball pass keeper what again never late great miss card post corner cheer 😀 Müller très 試合 half'.split(
    ' ',
  );

/** Messages by authors of very unequal zeal, a third of them answers; a few that must be refused. */
export function syntheticMessages({
  count,
  authors,
  seed,
}: {
  count: number;
  authors: number;
  seed: number;
}): SourceMessage[] {
  const random = randomFrom(seed);
  const pick = () => WORDS[Math.floor(random() * WORDS.length)]!;
  return Array.from({ length: count }, (_, index): SourceMessage => {
    const author = `nick${Math.floor(authors * random() ** 2.5)}`;
    const kind = random();
    if (kind < 0.005) return { author, text: '' };
    if (kind < 0.01) return { author, text: 'x'.repeat(421) };
    if (kind < 0.015) return { author, text: 'bell\u0007' };
    const text = Array.from({ length: 3 + Math.floor(random() * 20) }, pick).join(' ');
    const back = 1 + Math.floor(random() ** 2 * 40);
    return random() < 0.33 && back <= index ? { author, text, parent: index - back } : { author, text };
  });
}

/** Times with bursts, milliseconds since the first, `perS` a second on average. */
export function syntheticClock({ count, perS, seed }: { count: number; perS: number; seed: number }): number[] {
  const random = randomFrom(seed);
  let at = 0;
  return Array.from({ length: count }, (_, index) => {
    const burst = index % 400 < 120 ? 3 : 0.7;
    if (index > 0) at += (-Math.log(1 - random()) * 1000) / (perS * burst);
    return Math.round(at);
  });
}
