import { closedLoop } from '../closed-loop.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Nchan } from '../peers/find-nchan.js';
import { startNchan } from '../peers/nchan-peer.js';
import { startNodePeer } from '../peers/node-peer.js';
import type { Peer } from '../peers/peer.js';
import type { Launcher } from '../stack/launcher.js';
import type { DialectName } from '../swarm/dialects.js';
import type { Target } from '../swarm/swarm.js';
import type { Feed } from './feed.js';
import { measure, perCpuSecond, requireComplete, type Measured } from './measure.js';
import { peerFeed, type Scene } from './scene.js';
import { segmentFeed, TICK_MS } from './segment-feed.js';

export const RATES = [10, 100, 1000] as const;
export type Rate = (typeof RATES)[number];

/** What a peer can do at a rate. */
export interface PeerFigure {
  sockets: number;
  perCpu: number;
  utilisation: number;
}

/** Roughly what a frame costs a peer: where the search begins. */
const GUESSED_FRAME_S = 15e-6;
const WARM_UP = { rate: 100, seconds: 0.5, sockets: 50 };

/** A peer and how viewers talk to it. */
export interface PeerUse {
  start: (launcher: Launcher) => Promise<Peer>;
  dialect: DialectName;
  /** What it is fed with; default each status by itself. */
  feed?: (scene: Scene, peer: Peer) => Feed;
}

export const SOCKET_IO: PeerUse = { start: (launcher) => startNodePeer(launcher, 'socket.io'), dialect: 'socket.io' };
export const BATCHED: PeerUse = {
  start: (launcher) => startNodePeer(launcher, 'socket.io', { BATCH_MS: String(TICK_MS) }),
  dialect: 'socket.io',
};
/** On the terms of ours: without context takeover, from the same size on. */
export const BATCHED_DEFLATED: PeerUse = {
  start: (launcher) => startNodePeer(launcher, 'socket.io', { BATCH_MS: String(TICK_MS), DEFLATE: '1' }),
  dialect: 'socket.io',
};
export const WS: PeerUse = { start: (launcher) => startNodePeer(launcher, 'ws'), dialect: 'plain' };
export const PREPARED: PeerUse = {
  start: (launcher) => startNodePeer(launcher, 'prepared loop'),
  dialect: 'plain',
  feed: segmentFeed,
};
export const nchan = (found: Nchan): PeerUse => ({
  start: (launcher) => startNchan(launcher, found),
  dialect: 'plain',
});

/** Where viewers of a peer go. */
export function peerTarget({ dialect }: PeerUse, { port }: Peer): Target {
  return { port, dialect, event: '' };
}

/** Runs a peer with the viewers aimed at it, warm, and stops it. */
export async function withPeer<T>(
  scene: Scene,
  use: PeerUse,
  work: (peer: Peer, feed: Feed) => Promise<T>,
): Promise<T> {
  const { launcher, swarm } = scene;
  const peer = await use.start(launcher);
  await swarm.aim(peerTarget(use, peer));
  const warmers = Math.min(WARM_UP.sockets, scene.sizes.sockets);
  await swarm.resize(warmers);
  const feed = (use.feed ?? peerFeed)(scene, peer);
  await measure({ scene, pid: peer.pid, feed, ...WARM_UP, since: 'nothing', wanted: warmers });
  try {
    return await work(peer, feed);
  } finally {
    await swarm.resize(0);
    await peer.stop();
  }
}

/** One try with so many sockets. */
export async function tryPeer(
  scene: Scene,
  peer: Peer,
  {
    sockets,
    rate,
    seconds,
    feed = peerFeed(scene, peer),
  }: { sockets: number; rate: number; seconds: number; feed?: Feed },
): Promise<Measured> {
  const { swarm } = scene;
  await swarm.resize(sockets);
  return measure({ scene, pid: peer.pid, feed, rate, seconds, since: 'first', wanted: sockets });
}

export interface Search {
  rate: number;
  /** For messages. */
  who: string;
  /** Of a try; default that of the scale. */
  seconds?: number;
  /** Sockets of the first try; default what a frame for each status would allow. */
  start?: number;
}

/** The most sockets that a peer holds at a rate, and what it delivers there per CPU-second. */
export async function searchPeer(
  scene: Scene,
  peer: Peer,
  { rate, who, seconds = scene.sizes.peerSeconds, start = guess(rate) }: Search,
): Promise<PeerFigure> {
  const { sizes, say } = scene;
  const { sockets: most, peerTries: tries } = sizes;
  const attempt = (sockets: number): Promise<Measured> => tryPeer(scene, peer, { sockets, rate, seconds });
  let held = await closedLoop({ start, most, tries, attempt });
  for (let i = 1; held && i < sizes.peerSearches; i++) {
    held = (await closedLoop({ start: held.sockets, most, tries, attempt })) ?? held;
  }
  if (!held) throw new MeasurementInvalid(`${who} held no number of sockets at ${rate} statuses/s.`);
  const { sockets, result } = held;
  const perCpu = perCpuSecond(requireComplete(result, who));
  say(`${who} at ${rate}/s: ${sockets} sockets at ${percent(result.utilisation)}, ${Math.round(perCpu)}/CPU-s`);
  return { sockets, perCpu, utilisation: result.utilisation };
}

function guess(rate: number): number {
  return Math.max(1, Math.round(0.75 / (GUESSED_FRAME_S * rate)));
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} % of a core`;
}
