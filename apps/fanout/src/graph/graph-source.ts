import type { Log } from '@groundswell/runtime';
import type { Room } from '../intake/room.js';
import type { SocialIntake } from '../intake/social-intake.js';
import { graphInForce, type StoredGraph } from './graph-reader.js';
import type { Sides } from './leaf-index.js';

/** How long a viewer waits for a view that is being rebuilt, and how often it is asked. */
const PATIENCE_MS = 5_000;
const AGAIN_MS = 50;

export interface GraphSourceOptions {
  /** Reads friend list and checkpoint in one script. */
  read: (member: string) => Promise<StoredGraph>;
  social: SocialIntake;
  /** Creation of the SOCIAL log. */
  created: () => number;
  log: Log;
}

/** A viewer's graph at hello: read from the store, completed from the ring, or not at all. */
export class GraphSource {
  constructor(private readonly options: GraphSourceOptions) {}

  /**
   * Calls `use` with the graph in force of a member, in the same turn in which it was found to be so: nothing can
   * change in between. False when the view stays behind for too long; `use` is not called then.
   */
  async withGraph(room: Room, member: string, use: (sides: Sides) => void): Promise<boolean> {
    const { read, social, created, log } = this.options;
    const tries = PATIENCE_MS / AGAIN_MS;
    for (let i = 0; i < tries; i++) {
      try {
        const stored = await read(member);
        const inForce = room.graph.position;
        const verdict = graphInForce({ member, stored, created: created(), ring: social.ring, inForce });
        if (verdict.ready) {
          use(verdict.sides);
          return true;
        }
        if (verdict.why === 'ahead') room.onGraphWaits();
      } catch (error) {
        log.warn({ err: error }, 'the graph could not be read');
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    return false;
  }
}
