import type { LatencyReport } from '../swarm/tally.js';
import { findNchan } from '../peers/find-nchan.js';
import type { Peer } from '../peers/peer.js';
import { residentKb } from '../machine/process-figures.js';
import {
  BATCHED_DEFLATED,
  nchan,
  RATES,
  searchPeer,
  SOCKET_IO,
  tryPeer,
  withPeer,
  WS,
  type PeerFigure,
  type Rate,
} from './compare-peers.js';
import { requireComplete } from './measure.js';
import { memorySlope, type Slope } from './memory-slope.js';
import type { Scene } from './scene.js';

/** Everything that ours is compared with. */
export interface PeerFigures {
  socketIo: Record<Rate, PeerFigure>;
  /** Publish to socket, at half of what it holds at 100 statuses/s. */
  socketIoLatency: { sockets: number; latency: LatencyReport };
  /** Socket.IO that batches by the same tick and compresses, at 100 statuses/s. */
  deflated: PeerFigure;
  /** Bytes to a viewer of that at 140 statuses/s, in % of one uncompressed frame for each status. */
  deflatedEgress: number;
  ws: Record<Rate, PeerFigure>;
  /** Undefined: it is not installed. */
  nchan: Record<Rate, PeerFigure> | undefined;
  wsMemory: Slope;
}

export async function measurePeers(scene: Scene): Promise<PeerFigures> {
  const { sizes, say, swarm } = scene;
  say('Socket.IO, each status as it comes');
  const { socketIo, socketIoLatency } = await withPeer(scene, SOCKET_IO, async (peer) => {
    const figures = await allRates(scene, peer, 'Socket.IO');
    const sockets = Math.max(1, Math.floor(figures[100].sockets / 2));
    const relaxed = await tryPeer(scene, peer, { sockets, rate: 100, seconds: sizes.peerSeconds });
    const { latency } = requireComplete(relaxed, 'Socket.IO').report;
    return { socketIo: figures, socketIoLatency: { sockets, latency } };
  });
  say('Socket.IO, batched by the same tick and compressed');
  const { deflated, deflatedEgress } = await withPeer(scene, BATCHED_DEFLATED, async (peer) => {
    const sockets = Math.min(100, sizes.slowSockets);
    const busy = await tryPeer(scene, peer, { sockets, rate: 140, seconds: sizes.peerSeconds });
    const { report } = requireComplete(busy, 'batched Socket.IO with compression');
    const figure = await searchPeer(scene, peer, {
      rate: 100,
      who: 'batched Socket.IO with compression',
      start: sizes.sockets / 4,
    });
    return { deflated: figure, deflatedEgress: (100 * report.bytes) / report.singly };
  });
  say('plain ws, a send for each status and socket');
  const { ws, wsMemory } = await withPeer(scene, WS, async (peer) => {
    await swarm.resize(0);
    const memory = await memorySlope(scene, () => residentKb(peer.pid));
    return { ws: await allRates(scene, peer, 'ws'), wsMemory: memory };
  });
  const found = await findNchan();
  if (found) say('nginx with nchan');
  else say('NGINX WITH NCHAN IS NOT INSTALLED: its rows stay empty (Debian: libnginx-mod-nchan)');
  const nchanRates = found && (await withPeer(scene, nchan(found), (peer) => allRates(scene, peer, 'nchan')));
  return {
    socketIo,
    socketIoLatency,
    deflated,
    deflatedEgress,
    ws,
    nchan: nchanRates,
    wsMemory,
  };
}

async function allRates(scene: Scene, peer: Peer, who: string): Promise<Record<Rate, PeerFigure>> {
  const figures = {} as Record<Rate, PeerFigure>;
  for (const rate of RATES) figures[rate] = await searchPeer(scene, peer, { rate, who });
  return figures;
}
