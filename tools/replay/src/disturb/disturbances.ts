import type { Disturbance } from './disturbance.js';
import { flushRedis } from './flush-redis.js';
import { killFanout, killNats } from './kill-processes.js';
import { killTicker } from './kill-ticker.js';
import { pauseTicker } from './pause-ticker.js';
import { rogueTicks } from './rogue-ticks.js';

/** What can be made to go wrong, by the name that the command line takes. */
export const DISTURBANCES: Record<string, () => Disturbance> = {
  'kill-fanout': killFanout,
  'kill-ticker': killTicker,
  'pause-ticker': pauseTicker,
  'kill-nats': killNats,
  'flush-redis': flushRedis,
  'rogue-ticks': rogueTicks,
};
