import type { Disturbance } from './disturbance.js';

/** How long a process stays away. */
const AWAY_MS = 700;

const away = () => new Promise((resolve) => setTimeout(resolve, AWAY_MS));

/** A fan-out node is killed and started again, twice. */
export function killFanout(name = 'fanout-1'): Disturbance {
  return {
    at: [0.3, 0.6],
    async run({ stack, say }) {
      await stack.act(name, 'kill');
      say(`${name} was killed`);
      await away();
      await stack.act(name, 'restart');
      say(`${name} is back`);
    },
  };
}

/** The log's server is killed and started again on its data. */
export function killNats(): Disturbance {
  return {
    at: [0.4],
    async run({ stack, say }) {
      await stack.act('nats', 'kill');
      say('nats-server was killed');
      await away();
      await stack.act('nats', 'restart');
      say('nats-server is back on its data');
    },
  };
}
