import { connect } from 'node:net';
import type { Disturbance } from './disturbance.js';

const RECONNECTS = 100;
const NEWCOMERS = 50;

/** Redis loses everything while viewers come back and new ones come. */
export function flushRedis(): Disturbance {
  return {
    at: [0.4],
    async run({ stack, say, newcomers, dropSockets }) {
      const answer = await flushAll(stack.addresses.redis);
      if (!answer.startsWith('+OK')) throw new Error(`Redis answered FLUSHALL with ${answer}`);
      say('Redis was emptied');
      dropSockets(RECONNECTS);
      await newcomers(NEWCOMERS);
      say(`${RECONNECTS} viewers came back and ${NEWCOMERS} came for the first time`);
    },
  };
}

/** One inline command needs no driver. */
function flushAll(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('FLUSHALL\r\n'));
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
