import { killOneOfTwo } from '../disturb/kill-one-of-two.js';
import { planKills } from '../disturb/kill-plan.js';
import { run } from '../run.js';
import type { Verdict } from '../verdict/sum-up.js';
import { type ChaosRun, type ChaosVerdict, speedFor } from './chaos-run.js';

export interface KillRun extends ChaosRun {
  viewers: number;
}

export interface KillVerdict extends ChaosVerdict {
  kills: number;
  replay: Verdict;
}

/** Kills one of two fan-out nodes again and again while a replay is posted before viewers behind the portal. */
export async function kill(options: KillRun): Promise<KillVerdict> {
  const { plan, seed, times, rate, viewers, segmentMs, root, data, say, show } = options;
  let kills = 0;
  const replay = await run({
    plan,
    viewers,
    speed: speedFor(plan, rate),
    seed,
    fanouts: 2,
    segmentMs,
    through: 'portal',
    whileDisturbed: true,
    disturbances: [killOneOfTwo(planKills({ seed, times }), (done) => (kills = done))],
    root,
    data,
    say,
    onProgress: ({ posted, delivered, live, reconnects }) =>
      show(
        () =>
          `killed ${kills} of ${times} times  posted ${posted}  delivered ${delivered}  viewers ${live} of ${viewers} (${reconnects} came back)`,
      ),
  });
  const facts = replay.exact
    ? [`${replay.segmentsCompared} segments identical on both nodes`, `${replay.viewers} viewers exact`]
    : [`${replay.faults.length} faults`];
  const weight = [
    `${replay.posted} posts`,
    `${replay.reconnects} sockets came back`,
    `${replay.segmentsReread} segments read again after a restart`,
  ];
  return {
    exact: replay.exact,
    sentence: `${kills} kills by seed ${seed}: ${facts.join(', ')} (${weight.join(', ')})`,
    faults: replay.faults,
    kills,
    replay,
  };
}
