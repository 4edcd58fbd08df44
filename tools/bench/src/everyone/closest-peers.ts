import { BATCHED, PREPARED, searchPeer, tryPeer, withPeer, type PeerFigure } from './compare-peers.js';
import { requireComplete } from './measure.js';
import type { Scene } from './scene.js';

/** The peers that do nearly the same work: there a few percent decide. */
export interface ClosestFigures {
  /** Socket.IO that batches by the same tick, at 100 statuses/s. */
  batched: PeerFigure;
  /** CPU microseconds for each frame of a bare loop over prepared frames. */
  preparedFrameUs: number;
}

/** Measured right before ours and right after it, since what a shared machine gives changes within minutes. */
export async function measureClosest(scene: Scene): Promise<ClosestFigures> {
  const { sizes, say } = scene;
  say('Socket.IO, batched by the same tick');
  const batched = await withPeer(scene, BATCHED, (peer) =>
    searchPeer(scene, peer, { rate: 100, who: 'batched Socket.IO', seconds: sizes.seconds, start: sizes.sockets }),
  );
  say('bare loop over prepared frames');
  const preparedFrameUs = await withPeer(scene, PREPARED, async (peer, feed) => {
    const tried = await tryPeer(scene, peer, { sockets: sizes.sockets, rate: 10, seconds: sizes.seconds, feed });
    const { report, cpuS } = requireComplete(tried, 'The bare loop');
    return (cpuS * 1e6) / (report.complete * report.frames);
  });
  return { batched, preparedFrameUs };
}

/** The mean of two measurements, of what things cost. */
export function meanOf(one: ClosestFigures, other: ClosestFigures): ClosestFigures {
  const mean = (a: number, b: number): number => (a + b) / 2;
  return {
    batched: {
      sockets: Math.min(one.batched.sockets, other.batched.sockets),
      perCpu: 1 / mean(1 / one.batched.perCpu, 1 / other.batched.perCpu),
      utilisation: mean(one.batched.utilisation, other.batched.utilisation),
    },
    preparedFrameUs: mean(one.preparedFrameUs, other.preparedFrameUs),
  };
}
