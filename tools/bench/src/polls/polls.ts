import { MeasurementInvalid } from '../measurement-invalid.js';
import { ring } from '../everyone/audience.js';
import { row, type Row } from '../report/row.js';
import type { Started } from '../stack/launcher.js';
import { EVENT, type Stack } from '../stack/stack.js';
import { caughtUp } from '../stack/caught-up.js';
import { StatusMaker } from '../statuses/status-maker.js';
import { steadily } from '../statuses/steadily.js';
import type { Texts } from '../statuses/texts.js';
import { PaperEdge, type OriginCounts } from './paper-edge.js';
import { PollingViewer } from './polling-viewer.js';
import type { PollsSizes } from './sizes.js';

export interface PollsScene {
  stack: Stack;
  texts: Texts;
  sizes: PollsSizes;
  say: (line: string) => void;
}

/** What reached the origin in a while. */
interface Measured extends OriginCounts {
  seconds: number;
}

const PATIENCE_MS = 60_000;

/** Viewers who poll Friends, with author filters and without: what of it reaches the origin. */
export async function polls(scene: PollsScene): Promise<Row[]> {
  const { stack, sizes, say } = scene;
  const members = Array.from({ length: sizes.viewers }, (_, i) => `viewer${i}`);
  say(`${members.length} members with ten friends each`);
  await stack.befriend(ring(members));
  const tokens = await stack.tokens.of(members);
  await stack.turn('poll.interval_ms', sizes.pollMs);
  const ingest = await stack.app('ingest');
  await caughtUp(ingest);
  const apps = { ingest, fanout: await stack.app('fanout') };
  const audience = { members, tokens, friends: friendsOf(members) };
  const without = await measure(scene, { apps, audience, filters: false });
  const withFilters = await measure(scene, { apps, audience, filters: true });
  const { viewers, pollMs, rate } = sizes;
  const perS = ({ polls: count, seconds }: Measured): number => count / seconds;
  return [
    row({
      key: 'polls.origin_per_s',
      value: perS(withFilters),
      peer: perS(without),
      unit: 'polls/s',
      note: `${viewers} viewers, a poll every ${pollMs / 1000} s, ${rate} statuses/s by them; the peer: the same without filters`,
    }),
    row({
      key: 'polls.pages_per_s',
      value: withFilters.pages / withFilters.seconds,
      peer: without.pages / without.seconds,
      unit: 'requests/s',
      note: 'heads, segments and filters that a cache asks the origin for, for all viewers together',
    }),
    row({
      key: 'polls.exact',
      value: viewers,
      unit: 'viewers',
      note: 'got every status of their friends, with filters and without',
    }),
  ];
}

interface Setting {
  apps: Record<'ingest' | 'fanout', Started>;
  audience: { members: string[]; tokens: string[]; friends: ReadonlyMap<string, readonly string[]> };
  filters: boolean;
}

async function measure(scene: PollsScene, { apps, audience, filters }: Setting): Promise<Measured> {
  const { stack, texts, sizes, say } = scene;
  const { members, tokens, friends } = audience;
  const edge = new PaperEdge({ fanout: apps.fanout.port, ingest: apps.ingest.port, event: EVENT, filters });
  const viewers = tokens.map((token) => new PollingViewer({ event: EVENT, token, fetch: edge.fetch }));
  const owed = members.map(() => new Set<string>());
  const place = new Map(members.map((member, i) => [member, i]));
  const maker = new StatusMaker(texts);
  const publishing: Promise<void>[] = [];
  const post = (): void => {
    const member = members[Math.floor(Math.random() * members.length)]!;
    const status = { ...maker.next(), author: { id: member, name: member } };
    for (const friend of friends.get(member)!) owed[place.get(friend)!]!.add(status.id);
    publishing.push(stack.publish(status));
  };
  try {
    await steadily({
      rate: viewers.length / (sizes.pollMs / 1000),
      seconds: sizes.pollMs / 1000,
      send: (
        (i = 0) =>
        () =>
          viewers[i++]?.start()
      )(),
    });
    await until(() => viewers.every(({ isThere }) => isThere), 'Not all viewers have begun');
    const before = { ...edge.counts };
    const start = performance.now();
    await steadily({ rate: sizes.rate, seconds: sizes.seconds, send: post });
    const seconds = (performance.now() - start) / 1000;
    const { polls: asked, lists, pages } = edge.counts;
    const counts = { polls: asked - before.polls, lists: lists - before.lists, pages: pages - before.pages, seconds };
    await Promise.all(publishing);
    const isExact = (i: number): boolean => [...owed[i]!].every((id) => viewers[i]!.got.has(id));
    await until(() => viewers.every((_, i) => isExact(i)), 'Not all viewers got what their friends wrote');
    say(
      `${filters ? 'with' : 'without'} filters: ${Math.round(counts.polls / seconds)} polls/s and ${Math.round(pages / seconds)} pages/s reach the origin; all ${viewers.length} exact`,
    );
    return counts;
  } finally {
    for (const viewer of viewers) viewer.stop();
  }
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new MeasurementInvalid(`${otherwise} within a minute.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function friendsOf(members: readonly string[]): Map<string, string[]> {
  const friends = new Map<string, string[]>(members.map((member) => [member, []]));
  for (const [a, b] of ring(members)) {
    friends.get(a)!.push(b);
    friends.get(b)!.push(a);
  }
  return friends;
}
