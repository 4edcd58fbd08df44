import { readClock } from './clock.js';
import { readChatLog } from './chat-log.js';
import { readGraph, type SourceGraph } from './graph.js';
import type { SourceMessage } from './messages.js';
import { syntheticClock, syntheticGraph, syntheticMessages } from './synthetic.js';
import { readTweets } from './tweets.js';

/** In place of a file: input that is made up from the seed. */
export const SYNTHETIC = 'synthetic';

export interface SourceFiles {
  graph: string;
  statuses: string;
  clock: string;
  seed: number;
  /** Most messages that are needed. */
  limit: number;
}

export interface Sources {
  graph: SourceGraph;
  messages: SourceMessage[];
  /** Milliseconds since the first. */
  clock: number[];
}

/** Reads or makes up what is replayed. An archive's form is told by its name: `*tweets*`, else a chat log. */
export async function readSources({ graph, statuses, clock, seed, limit }: SourceFiles): Promise<Sources> {
  const count = Math.min(limit, 20_000);
  return {
    graph: graph === SYNTHETIC ? syntheticGraph({ nodes: 1000, degree: 12, seed }) : await readGraph(graph),
    messages:
      statuses === SYNTHETIC
        ? syntheticMessages({ count, authors: 300, seed })
        : await (/tweets/.test(statuses) ? readTweets : readChatLog)(statuses),
    clock: clock === SYNTHETIC ? syntheticClock({ count, perS: 15, seed }) : await readClock(clock),
  };
}
