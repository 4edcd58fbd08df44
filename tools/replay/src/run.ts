import type { Disturbance } from './disturb/disturbance.js';
import { Disturber } from './disturb/disturber.js';
import { GraphChanger } from './drive/change-graph.js';
import { postPlan, type PostProgress } from './drive/post-plan.js';
import { prepare } from './drive/prepare.js';
import { Stack } from './drive/stack.js';
import { planChanges } from './plan/change-plan.js';
import { chooseViewers } from './plan/choose-viewers.js';
import type { Plan } from './plan/plan.js';
import { commentFaults } from './verdict/comment-rights.js';
import { Expectation } from './verdict/expectation.js';
import { checkChain, checkLog, readLog } from './verdict/log-check.js';
import { checkSocial, readSocialLog } from './verdict/social-log.js';
import { sumUp, type Verdict } from './verdict/sum-up.js';
import { Audience, until, type AudienceProgress } from './watch/audience.js';
import type { Received } from './watch/viewer.js';
import { Witness } from './watch/witness.js';

const EVENT = 'replay';
/** How long the last items may take to reach everybody. */
const SETTLE_MS = 60_000;

export interface RunOptions {
  plan: Plan;
  viewers: number;
  speed: number;
  seed: number;
  fanouts: number;
  segmentMs: number;
  /** Changes of the graph during the run; default none. */
  changes?: number;
  /** Viewers connect to a node each, in turn, or through the portal, which finds them another. Default: nodes. */
  through?: 'nodes' | 'portal';
  disturbances: readonly Disturbance[];
  /** Ends the posts when the disturbances are over, or else with the plan. */
  whileDisturbed?: boolean;
  /** The repository, and a folder for the stack's data. */
  root: string;
  data: string;
  onProgress: (progress: RunProgress) => void;
  /** Something that happened, for people to read. */
  say: (sentence: string) => void;
}

export type RunProgress = PostProgress & AudienceProgress & { of: number; changes: number };

/** Replays a plan through the public APIs of a stack of its own, before real viewers, and judges what they got. */
export async function run(options: RunOptions): Promise<Verdict> {
  const { root, data, fanouts, segmentMs, say } = options;
  say('starting a stack');
  const stack = await Stack.start({ root, data, fanouts, segmentMs });
  try {
    return await replay(stack, options);
  } finally {
    await stack.stop();
  }
}

async function replay(stack: Stack, options: RunOptions): Promise<Verdict> {
  const { plan, viewers: wanted, speed, seed, disturbances, onProgress, say } = options;
  const { ingest, fanouts, nats, page } = stack.addresses;
  const chosen = chooseViewers(plan, wanted + NEWCOMERS_MAX, seed);
  const watching = chosen.slice(0, wanted);
  const later = chosen.slice(wanted);
  const tokens = await prepare({ stack, event: EVENT, plan, viewers: chosen, say });
  const audience = new Audience(EVENT, options.through === 'portal' ? [page] : fanouts);
  const member = (id: string) => ({ id, token: tokens.get(id)! });
  say(`connecting ${watching.length} viewers`);
  const keep = keeper();
  await audience.joinAll(
    watching.map((id) => member(id)),
    { keep },
  );
  const witnesses = fanouts.map((url) => new Witness(url, EVENT));
  for (const witness of witnesses) witness.start();

  const posting = new AbortController();
  const disturbed = {
    stack,
    event: EVENT,
    posting: posting.signal,
    say,
    newcomers: (count: number) =>
      audience.joinAll(
        later.splice(0, count).map((id) => member(id)),
        { keep },
      ),
    dropSockets: (count: number) => {
      for (const viewer of audience.viewers.slice(0, count)) viewer.drop();
    },
  };
  const under = new Disturber(disturbances, disturbed);
  const tokenOf = (id: string) => tokens.get(id)!;
  const planned = planChanges({ plan, viewers: watching, count: options.changes ?? 0, seed });
  const changer = new GraphChanger({ ingest, changes: planned, tokenOf });
  say('posting');
  const outcome = await postPlan({
    ingest,
    event: EVENT,
    plan,
    speed,
    tokenOf,
    enough: () => options.whileDisturbed === true && under.over,
    onProgress: (progress) => {
      const done = progress.posted + progress.refused;
      under.reached(done / plan.posts.length);
      changer.reached(done);
      onProgress({ ...progress, ...audience.glance, of: plan.posts.length, changes: changer.count });
    },
  });
  posting.abort();
  await Promise.all([under.done(), changer.done()]);
  const record = { changes: await readSocialLog(nats), ticks: (await readLog(nats, EVENT)).valid };
  await settle(audience, witnesses, new Expectation(plan, outcome.accepted, record));
  audience.stop();
  for (const witness of witnesses) witness.stop();
  say('judging');
  const log = await readLog(nats, EVENT);
  const { changes } = record;
  const expectation = new Expectation(plan, outcome.accepted, { changes, ticks: log.valid });
  const faults = [
    ...under.faults(),
    ...outcome.surprises,
    ...changer.surprises,
    ...checkLog(log, outcome.accepted),
    ...checkChain(log, expectation.items, audience.ticks()),
    ...checkSocial(changes, changer.accepted),
    ...commentFaults(outcome.comments, expectation.history),
  ];
  return sumUp({
    audience,
    witnesses,
    expectation,
    outcome,
    changes: changer.made,
    faults,
    ticks: log.ticks,
    watched: watching.length,
  });
}

/** More viewers than a disturbance asks for. */
const NEWCOMERS_MAX = 50;

/** Viewers that got the same share what is kept of it. */
function keeper(): (item: Received) => Received {
  const items = new Map<string, Received>();
  return (item) => {
    const known = items.get(item.id);
    if (known?.seq === item.seq && known.text === item.text) return known;
    items.set(item.id, item);
    return item;
  };
}

/** Waits until everybody has been sent everything, or for so long that something must be missing. */
async function settle(audience: Audience, witnesses: readonly Witness[], expectation: Expectation): Promise<void> {
  const last = expectation.items.at(-1)?.seq ?? 0;
  const due = audience.viewers.map(({ member }) => ({
    seq: member === undefined ? 0 : expectation.lastCertain(member),
    hidden: member === undefined ? undefined : expectation.history.shunnedInTheEnd(member).join(),
  }));
  let end: number | undefined;
  await until(() => {
    end ??= audience.tickNumberAfter(last);
    if (end === undefined) return false;
    return (
      audience.viewers.every(
        (viewer, i) =>
          viewer.has('everyone', end!) &&
          viewer.has('friends', due[i]!.seq) &&
          viewer.hidden?.join() === due[i]!.hidden,
      ) && witnesses.every(({ n }) => n >= end!)
    );
  }, SETTLE_MS);
}
