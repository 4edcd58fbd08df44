import { freePort } from '@groundswell/launch';
import { heldMemory } from '../machine/held-memory.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import { EVENT, type Stack } from '../stack/stack.js';
import type { Swarm } from '../swarm/swarm.js';

export interface IndexScene {
  stack: Stack;
  swarm: Swarm;
  /** Sockets of members with friends, and as many of members without. */
  tokens: { friends: string[]; strangers: string[] };
}

/** Bytes a viewer by which a node with friends among its viewers is larger than one with as many strangers. */
export async function indexBytes({ stack, swarm, tokens }: IndexScene): Promise<number> {
  const port = await freePort();
  const fanout = await stack.app('fanout', { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
  const memory = await heldMemory(port);
  try {
    const held = async (of: string[]): Promise<number> => {
      await swarm.aim({ port: fanout.port, dialect: 'groundswell friends', event: EVENT, tokens: of, compress: false });
      const { open, failed } = await swarm.resize(of.length);
      if (failed > 0) throw new MeasurementInvalid(`${failed} sockets failed to open, ${open} did.`);
      return memory.bytes();
    };
    // Once for what a process makes when it is first used.
    await held(tokens.strangers);
    const strangers = await held(tokens.strangers);
    const friends = await held(tokens.friends);
    return (friends - strangers) / tokens.friends.length;
  } finally {
    memory.close();
    await swarm.resize(0);
    await fanout.stop();
  }
}
