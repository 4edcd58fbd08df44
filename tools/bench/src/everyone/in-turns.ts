import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Peer } from '../peers/peer.js';
import type { Started } from '../stack/launcher.js';
import type { Target } from '../swarm/swarm.js';
import {
  BATCHED,
  peerTarget,
  percent,
  PREPARED,
  SOCKET_IO,
  withPeer,
  type PeerFigure,
  type PeerUse,
  type Rate,
} from './compare-peers.js';
import type { Feed } from './feed.js';
import { measure, requireComplete, type Measured } from './measure.js';
import type { PeerFigures } from './peers.js';
import { logFeed, ourTarget, type Scene } from './scene.js';

/** What all turns of one side at one rate have come to. */
export interface TurnsFigure extends PeerFigure {
  /** CPU microseconds for each frame. */
  frameUs: number;
  turns: readonly Measured[];
}

/** Ours, and the peers that come so near that a few percent decide. */
export interface InTurns {
  ours: Record<Rate, TurnsFigure>;
  socketIo: Record<Rate, TurnsFigure>;
  /** Socket.IO that batches by the same tick, at 100 statuses/s. */
  batched: TurnsFigure;
  /** A bare loop over prepared frames, at 10 statuses/s. */
  prepared: TurnsFigure;
}

export interface InTurnsOptions {
  fanout: Started;
  tokens: string[];
  /** What each peer has been found to hold. */
  held: Pick<PeerFigures, 'socketIo'>;
}

/** A server, those who watch it, and what feeds it. */
interface Side {
  who: string;
  pid: number;
  target: Target;
  sockets: number;
  seconds: number;
  feed: Feed;
  /** It may be given fewer sockets when it does not hold any more what it held. */
  yields: boolean;
}

const FEWER = { factor: 0.8, times: 4 };

/**
 * Measures by turns, each side a few times at each rate: what a shared machine gives changes by a third within minutes, and
 * what was measured at another time says nothing about a few percent.
 */
export async function measureInTurns(scene: Scene, { fanout, tokens, held }: InTurnsOptions): Promise<InTurns> {
  const { sizes } = scene;
  const feed = logFeed(scene);
  const us = (sockets: number): Side => ({
    who: 'Fan-out',
    pid: fanout.pid,
    target: ourTarget(fanout, tokens),
    sockets,
    seconds: sizes.seconds / sizes.turns,
    feed,
    yields: false,
  });
  return withPeer(scene, SOCKET_IO, (socketIo, ioFeed) =>
    withPeer(scene, BATCHED, (batched, batchedFeed) =>
      withPeer(scene, PREPARED, async (prepared, segments) => {
        const io = (rate: Rate): Side =>
          peerSide('Socket.IO', { use: SOCKET_IO, peer: socketIo, feed: ioFeed, sockets: held.socketIo[rate].sockets });
        const batches = { use: BATCHED, peer: batched, feed: batchedFeed, sockets: sizes.sockets };
        const loop = { use: PREPARED, peer: prepared, feed: segments, sockets: sizes.sockets };
        const at10 = await takeTurns(scene, 10, [us(sizes.sockets), io(10), peerSide('the bare loop', loop)]);
        const at100 = await takeTurns(scene, 100, [us(sizes.sockets), io(100), peerSide('batched Socket.IO', batches)]);
        const at1000 = await takeTurns(scene, 1000, [us(sizes.socketsAt1000), io(1000)]);
        return {
          ours: { 10: at10[0]!, 100: at100[0]!, 1000: at1000[0]! },
          socketIo: { 10: at10[1]!, 100: at100[1]!, 1000: at1000[1]! },
          batched: at100[2]!,
          prepared: at10[2]!,
        };
      }),
    ),
  );

  function peerSide(who: string, { use, peer, feed: of, sockets }: PeerPlace): Side {
    return {
      who,
      pid: peer.pid,
      target: peerTarget(use, peer),
      sockets,
      seconds: sizes.peerSeconds,
      feed: of,
      yields: true,
    };
  }
}

interface PeerPlace {
  use: PeerUse;
  peer: Peer;
  feed: Feed;
  sockets: number;
}

/** The figures of the sides, in their order. A first of several turns of each is not counted: code that was never run is slower. */
async function takeTurns(scene: Scene, rate: Rate, sides: readonly Side[]): Promise<TurnsFigure[]> {
  const { sizes, say } = scene;
  for (const side of sizes.turns > 1 ? sides : []) await turn(scene, rate, side, sizes.peerSeconds);
  const turns = sides.map((): Measured[] => []);
  for (let i = 0; i < sizes.turns; i++) {
    for (const [place, side] of sides.entries()) turns[place]!.push(await turn(scene, rate, side));
  }
  return sides.map(({ who }, place) => {
    const figure = sum(turns[place]!);
    const { sockets, perCpu, utilisation, frameUs } = figure;
    say(
      `${who} at ${rate}/s: ${sockets} sockets at ${percent(utilisation)}, ${Math.round(perCpu)}/CPU-s, ${frameUs.toFixed(2)} µs a frame`,
    );
    return figure;
  });
}

async function turn(scene: Scene, rate: Rate, side: Side, seconds = side.seconds): Promise<Measured> {
  const { swarm } = scene;
  const { pid, target, feed, who, yields } = side;
  for (let i = 0; i < FEWER.times; i++) {
    await swarm.aim(target);
    await swarm.resize(side.sockets);
    const measured = await measure({ scene, pid, feed, rate, seconds, since: 'first', wanted: side.sockets });
    if (!yields) return requireComplete(measured, who);
    if (measured.complete) return measured;
    side.sockets = Math.max(1, Math.floor(side.sockets * FEWER.factor));
  }
  throw new MeasurementInvalid(`${who} did not deliver everything at ${rate} statuses/s, however few watched.`);
}

function sum(turns: readonly Measured[]): TurnsFigure {
  const total = (of: (one: Measured) => number): number => turns.reduce((all, one) => all + of(one), 0);
  const cpuS = total((one) => one.cpuS);
  return {
    sockets: Math.min(...turns.map(({ wanted }) => wanted)),
    perCpu: total(({ delivered }) => delivered) / cpuS,
    utilisation: cpuS / total((one) => one.seconds),
    frameUs: (cpuS * 1e6) / total(({ report }) => report.complete * report.frames),
    turns,
  };
}
