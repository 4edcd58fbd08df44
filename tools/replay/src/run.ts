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
import { settle } from './verdict/settle.js';
import { checkSocial, readSocialLog } from './verdict/social-log.js';
import { sumUp, type Verdict } from './verdict/sum-up.js';
import { Audience, type AudienceProgress } from './watch/audience.js';
import { keeper } from './watch/keeper.js';
import { Witness } from './watch/witness.js';

const EVENT = 'replay';

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
  const changes = await readSocialLog(nats);
  // Counts are told for a while yet: those that the log has now are judged.
  const { valid, told } = await readLog(nats, EVENT);
  await settle(audience, witnesses, new Expectation(plan, outcome.accepted, { changes, ticks: valid, told }));
  audience.stop();
  for (const witness of witnesses) witness.stop();
  say('judging');
  const log = await readLog(nats, EVENT);
  const expectation = new Expectation(plan, outcome.accepted, { changes, ticks: log.valid, told });
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
