import type { Clock, Log } from '@groundswell/runtime';
import type { Room } from '../intake/room.js';
import type { SocialIntake } from '../intake/social-intake.js';
import { graphInForce, type StoredGraph } from './graph-reader.js';
import type { ReadSides } from './graph-in-force.js';

/** How long a viewer waits for a view that is being rebuilt, and how often it is asked. */
const PATIENCE_MS = 5_000;
const AGAIN_MS = 50;

export interface GraphSourceOptions {
  /** Reads friend list and checkpoint in one script. */
  read: (member: string) => Promise<StoredGraph>;
  social: SocialIntake;
  /** Creation of the SOCIAL log. */
  created: () => number;
  clock: Clock;
  log: Log;
}

/** A viewer's graph at hello: read from the store, completed from the ring, or not at all. */
export class GraphSource {
  constructor(private readonly options: GraphSourceOptions) {}

  /**
   * Calls `use` with the graph in force of a member, in the same turn in which it was found to be so: nothing can
   * change in between. False when the view stays behind for too long; `use` is not called then.
   */
  async withGraph(room: Room, member: string, use: (read: ReadSides) => void): Promise<boolean> {
    const { read, social, created, clock, log } = this.options;
    const until = clock.monotonic() + PATIENCE_MS;
    do {
      const stored = await read(member).catch((error: unknown) =>
        log.warn({ err: error }, 'a graph could not be read'),
      );
      const inForce = room.graph.position;
      const verdict = stored && graphInForce({ member, stored, created: created(), ring: social.ring, inForce });
      if (verdict?.ready) {
        use(verdict.read);
        return true;
      }
      if (verdict?.why === 'ahead') room.onGraphWaits(social.position);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    } while (clock.monotonic() < until);
    return false;
  }
}
