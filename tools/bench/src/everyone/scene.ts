import type { Disturbance } from '../machine/disturbance.js';
import type { Launcher, Started } from '../stack/launcher.js';
import { EVENT, type Stack } from '../stack/stack.js';
import type { Peer } from '../peers/peer.js';
import { opJson, StatusMaker } from '../statuses/status-maker.js';
import type { Texts } from '../statuses/texts.js';
import type { Swarm, Target } from '../swarm/swarm.js';
import type { Feed } from './feed.js';
import type { Sizes } from './sizes.js';

/** What every part of the benchmark works with. */
export interface Scene {
  launcher: Launcher;
  stack: Stack;
  swarm: Swarm;
  texts: Texts;
  sizes: Sizes;
  disturbance: Disturbance;
  verification: Verification;
  say: (line: string) => void;
}

/** What verifying clients have read and found to be right, over the whole run. */
export interface Verification {
  statuses: number;
  /** Most of them at a time. */
  clients: number;
}

/** Statuses into the log, from where fan-out takes them. */
export function logFeed({ stack, texts }: Scene): Feed {
  const maker = new StatusMaker(texts);
  const flying = new Set<Promise<void>>();
  let failure: Error | undefined;
  return {
    status: () => {
      const status = maker.next();
      const publish = stack
        .publish(status)
        .catch((error: Error) => {
          failure ??= error;
        })
        .finally(() => flying.delete(publish));
      flying.add(publish);
      return status.id;
    },
    flushed: async () => {
      await Promise.all(flying);
      if (failure) throw failure;
    },
  };
}

/** The same statuses to a peer, encoded as the ops that our viewers get. */
export function peerFeed({ texts }: Scene, peer: Peer): Feed {
  const maker = new StatusMaker(texts);
  let seq = 0;
  return {
    status: () => {
      const status = maker.next();
      peer.feed(opJson(status, ++seq));
      return status.id;
    },
    flushed: async () => undefined,
  };
}

export function ourTarget({ port }: Started, tokens: string[]): Target {
  return { port, dialect: 'groundswell', event: EVENT, tokens };
}
