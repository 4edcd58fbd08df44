import { renderOp, segmentJson, type RenderedOp } from '@groundswell/render';
import type { Peer } from '../peers/peer.js';
import { StatusMaker } from '../statuses/status-maker.js';
import type { Feed } from './feed.js';
import type { Scene } from './scene.js';

/** The tick of fan-out. */
export const TICK_MS = 1000;

/** Ready-made segments to a server that only passes them on: the same frames at the same times as ours. */
export function segmentFeed({ texts }: Scene, peer: Peer): Feed {
  const maker = new StatusMaker(texts);
  const epoch = Date.now();
  let waiting: RenderedOp[] = [];
  let [n, seq, sealedAt] = [0, 0, -Infinity];
  let timer: NodeJS.Timeout | undefined;
  const seal = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const { length } = waiting;
    peer.feed(
      segmentJson({
        epoch,
        n: ++n,
        seq: [seq - length + 1, seq],
        at: Date.now(),
        seen: length,
        shown: length,
        ops: waiting,
      }),
    );
    waiting = [];
    sealedAt = performance.now();
  };
  return {
    status: () => {
      const { id, at, author, text, rev } = maker.next();
      waiting.push(renderOp({ t: 'add', id, seq: ++seq, at, author, text, rev }));
      timer ??= setTimeout(seal, Math.max(0, TICK_MS - (performance.now() - sealedAt)));
      return id;
    },
    flushed: async () => seal(),
  };
}
