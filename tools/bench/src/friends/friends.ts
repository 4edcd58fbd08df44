import { CURSOR_HEADER, paths } from '@groundswell/protocol';
import { MeasurementInvalid } from '../measurement-invalid.js';
import { row, type Row } from '../report/row.js';
import { caughtUp } from '../stack/caught-up.js';
import type { Started } from '../stack/launcher.js';
import { EVENT, type Stack } from '../stack/stack.js';
import { StatusMaker } from '../statuses/status-maker.js';
import { steadily } from '../statuses/steadily.js';
import type { Texts } from '../statuses/texts.js';
import type { Swarm } from '../swarm/swarm.js';
import type { LatencyReport } from '../swarm/tally.js';
import type { FriendGraph } from './graph.js';
import { indexBytes } from './index-memory.js';
import { answersPerCpu, type Asking } from './requests.js';
import type { FriendsSizes } from './sizes.js';
import { measureSnapshots, oneOf } from './snapshots.js';

export interface FriendsScene {
  stack: Stack;
  swarm: Swarm;
  texts: Texts;
  graph: FriendGraph;
  sizes: FriendsSizes;
  say: (line: string) => void;
}

const SETTLE_MS = 10_000;
/** Members who poll in turn. */
const POLLING = 100;

/** What Friends costs: how soon an item is there, snapshots from memory, and requests that have nothing to do. */
export async function friends(scene: FriendsScene): Promise<Row[]> {
  const { stack, swarm, texts, graph, sizes, say } = scene;
  const { members, edges, hub, friendsOf } = graph;
  const hubFriends = friendsOf(hub).length;
  say(`graph: ${graph.source}, ${members.length} members, ${edges.length} friendships, a hub with ${hubFriends}`);
  await stack.befriend(edges);
  const ingest = await stack.app('ingest');
  await caughtUp(ingest);
  await ingest.stop();
  const tokens = await stack.tokens.of(members);
  await stack.turn('socket.handshakes_per_s', 10_000);
  await stack.turn('friends.max_authors', 10_000);
  const fanout = await stack.app('fanout');
  // Where there are fewer members than sockets, some have two devices.
  const socketTokens = Array.from({ length: sizes.sockets }, (_, i) => tokens[i % tokens.length]!);
  const aim = { port: fanout.port, dialect: 'groundswell friends', event: EVENT, compress: false } as const;
  await swarm.aim({ ...aim, tokens: socketTokens });
  const { open, failed } = await swarm.resize(sizes.sockets);
  if (failed > 0) throw new MeasurementInvalid(`${failed} sockets failed to open, ${open} did.`);

  const any = (): string => oneOf(members);
  await deliver(scene, { rate: sizes.rate, seconds: Math.min(2, sizes.seconds), author: any });
  say('statuses of members to their friends');
  const { rate, seconds } = sizes;
  const latency = await deliver(scene, { rate, seconds, author: any });
  say('statuses of the hub to its friends');
  const ofHub = await deliver(scene, { rate: 1, seconds: sizes.hubPosts, author: () => hub });
  await swarm.resize(0);
  say('requests');
  const answers = await measureAnswers(fanout, tokens.slice(0, POLLING), sizes);
  say('snapshots');
  const snapshots = measureSnapshots(texts, graph, sizes);
  await fanout.stop();
  say('memory of the index');
  const strangers = await stack.tokens.of(socketTokens.map((_, i) => `stranger${i}`));
  const bytes = await indexBytes({ stack, swarm, tokens: { friends: socketTokens, strangers } });
  const counted = ({ count }: LatencyReport): string => `${count} items, none missing`;
  return [
    row({
      key: 'friends.latency_p99',
      value: latency.p99,
      unit: 'ms',
      note: `from publish; p50 ${latency.p50} ms; ${counted(latency)}`,
    }),
    row({
      key: 'friends.hub_p99',
      value: ofHub.p99,
      unit: 'ms',
      note: `p50 ${ofHub.p50} ms; ${hubFriends} friends online; ${counted(ofHub)}`,
    }),
    row({ key: 'friends.snapshot_p99', value: snapshots.median, unit: 'ms', note: `of ${sizes.held} statuses held` }),
    row({ key: 'friends.snapshot_hub', value: snapshots.hub, unit: 'ms', note: `${hubFriends} friends` }),
    row({
      key: 'friends.empty_poll',
      value: answers.empty,
      unit: 'polls/CPU-s',
      peer: answers.handler,
      note: 'nothing new; the peer: GET /v1/time of the same process',
    }),
    row({
      key: 'friends.switch',
      value: answers.snapshot,
      unit: 'snapshots/CPU-s',
      peer: answers.handler,
      note: 'asked for again with nothing new since; the same peer',
    }),
    row({
      key: 'friends.index_per_viewer',
      value: bytes / 1024,
      unit: 'KB',
      note: `${((2 * edges.length) / members.length).toFixed(1)} friends each; heap and buffers, less those of as many viewers without friends`,
    }),
  ];
}

interface Delivery {
  rate: number;
  seconds: number;
  author: () => string;
}

/** From publish to every friend; throws unless everything arrived. */
async function deliver(scene: FriendsScene, { rate, seconds, author }: Delivery): Promise<LatencyReport> {
  const { stack, swarm, texts, graph, sizes } = scene;
  const socketsOf = socketsByMember(graph, sizes.sockets);
  let wanted = 0;
  const maker = new StatusMaker(texts);
  await swarm.begin({ since: 'first' });
  const publishing: Promise<void>[] = [];
  await steadily({
    rate,
    seconds,
    send: () => {
      const id = author();
      for (const member of [id, ...graph.friendsOf(id)]) wanted += socketsOf(member);
      publishing.push(stack.publish({ ...maker.next(), author: { id, name: id } }));
    },
  });
  await Promise.all(publishing);
  const { latency, lost } = await swarm.settled((report) => report.latency.count >= wanted, SETTLE_MS);
  if (latency.count !== wanted || lost > 0) {
    throw new MeasurementInvalid(`${latency.count} of ${wanted} items arrived; ${lost} sockets were lost.`);
  }
  return latency;
}

/** How many of the sockets are a member's. */
function socketsByMember({ members }: FriendGraph, sockets: number): (member: string) => number {
  const index = new Map(members.map((member, i) => [member, i]));
  return (member) => {
    const i = index.get(member)!;
    return i < sockets ? 1 + Math.floor((sockets - 1 - i) / members.length) : 0;
  };
}

async function measureAnswers(
  fanout: Started,
  tokens: readonly string[],
  { requestSeconds, connections }: FriendsSizes,
): Promise<Record<'handler' | 'empty' | 'snapshot', number>> {
  const path = paths.friendsPoll(EVENT);
  const ask = (asking: readonly Asking[]) => answersPerCpu(fanout, asking, { seconds: requestSeconds, connections });
  const polls = await Promise.all(
    tokens.map(async (token): Promise<Asking> => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`http://127.0.0.1:${fanout.port}${path}`, { headers });
      return { path: `${path}?after=${answer.headers.get(CURSOR_HEADER) ?? ''}`, token, status: 204 };
    }),
  );
  const handler: Asking[] = [{ path: paths.time('empty'), status: 200 }];
  // The same before and after: what changes with time is shared out.
  const before = await ask(handler);
  const empty = await ask(polls);
  const snapshot = await ask(tokens.map((token) => ({ path, token, status: 200 })));
  return { handler: (before + (await ask(handler))) / 2, empty, snapshot };
}
