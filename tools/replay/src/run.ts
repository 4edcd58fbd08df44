import type { Disturbance } from './disturb/disturbance.js';
import { Disturber } from './disturb/disturber.js';
import { postPlan, type PostProgress } from './drive/post-plan.js';
import { prepare } from './drive/prepare.js';
import { Stack } from './drive/stack.js';
import { chooseViewers } from './plan/choose-viewers.js';
import type { Plan } from './plan/plan.js';
import { Expectation } from './verdict/expectation.js';
import { checkLog, readLog } from './verdict/log-check.js';
import { sumUp, type Verdict } from './verdict/sum-up.js';
import { Audience, until, type AudienceProgress } from './watch/audience.js';
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

export type RunProgress = PostProgress & AudienceProgress & { of: number };

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
  await Promise.all(watching.map((id) => audience.join(member(id))));
  const witnesses = fanouts.map((url) => new Witness(url, EVENT));
  for (const witness of witnesses) witness.start();

  const posting = new AbortController();
  const disturbed = {
    stack,
    event: EVENT,
    posting: posting.signal,
    say,
    newcomers: async (count: number) => {
      await Promise.all(later.splice(0, count).map((id) => audience.join(member(id))));
    },
    dropSockets: (count: number) => {
      for (const viewer of audience.viewers.slice(0, count)) viewer.drop();
    },
  };
  const under = new Disturber(disturbances, disturbed);
  say('posting');
  const outcome = await postPlan({
    ingest,
    event: EVENT,
    plan,
    speed,
    tokenOf: (id) => tokens.get(id)!,
    enough: () => options.whileDisturbed === true && under.over,
    onProgress: (progress) => {
      under.reached((progress.posted + progress.refused) / plan.posts.length);
      onProgress({ ...progress, ...audience.progress, of: plan.posts.length });
    },
  });
  posting.abort();
  await under.done();
  const expectation = new Expectation(plan, outcome.accepted);
  await settle(audience, witnesses, expectation);
  audience.stop();
  for (const witness of witnesses) witness.stop();
  say('judging');
  const log = await readLog(nats, EVENT);
  const faults = [...under.faults(), ...outcome.surprises, ...checkLog(log, outcome.accepted)];
  return sumUp({ audience, witnesses, expectation, outcome, faults, ticks: log.ticks, watched: watching.length });
}

/** More viewers than a disturbance asks for. */
const NEWCOMERS_MAX = 50;

/** Waits until everybody has been sent everything, or for so long that something must be missing. */
async function settle(audience: Audience, witnesses: readonly Witness[], expectation: Expectation): Promise<void> {
  const last = expectation.items.at(-1)?.seq ?? 0;
  const lastFriends = audience.viewers.map(({ member }) =>
    member ? (expectation.friendsItems(member).at(-1)?.seq ?? 0) : 0,
  );
  await until(() => {
    const end = audience.tickNumberAfter(last);
    if (end === undefined) return false;
    return (
      audience.viewers.every((viewer, i) => viewer.has('everyone', end) && viewer.has('friends', lastFriends[i]!)) &&
      witnesses.every(({ n }) => n >= end)
    );
  }, SETTLE_MS);
}
