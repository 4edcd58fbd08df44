import type { Disturbance } from './disturbance.js';
import type { Kill } from './kill-plan.js';

/**
 * One of two fan-out nodes is killed and started again, as planned, while the posts go on. The next kill waits until
 * the node is ready again, so one node always serves. `onKill` is told how many there have been.
 */
export function killOneOfTwo(kills: readonly Kill[], onKill: (done: number) => void): Disturbance {
  let done = 0;
  return {
    at: [0],
    async run({ stack, posting }) {
      for (const { node, afterMs, awayMs } of kills) {
        await pause(afterMs);
        if (posting.aborted) return;
        await stack.act(node, 'kill');
        await pause(awayMs);
        await stack.act(node, 'restart');
        onKill(++done);
      }
    },
    check: () =>
      done === kills.length ? [] : [`${done} of ${kills.length} kills happened before the last post: post more slowly`],
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
