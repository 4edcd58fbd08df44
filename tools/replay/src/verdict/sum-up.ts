import type { ChangeCounts } from '../drive/change-graph.js';
import type { PostOutcome } from '../drive/post-plan.js';
import type { Audience } from '../watch/audience.js';
import type { Witness } from '../watch/witness.js';
import type { Expectation } from './expectation.js';
import { judge, NO_FRIENDS, type FriendsTally } from './judge.js';
import { changeSubstance, substance } from './substance.js';

export interface Verdict {
  exact: boolean;
  viewers: number;
  /** Viewers who came after the beginning. */
  newcomers: number;
  posted: number;
  /** Refusals, all of them expected. */
  refused: number;
  retried: number;
  reconnects: number;
  /** Items that all viewers had to get, and did, in each tab. */
  everyone: number;
  friends: number;
  medianFriends: number;
  shareWithout: number;
  /** Items of Friends by what was due, all viewers together. */
  tally: FriendsTally;
  /** Changes of the graph in mid-run, and viewers for whom one decided on an item. */
  changes: ChangeCounts;
  changedViewers: number;
  /** Statuses that were for friends only, and comments that were refused because the graph did not allow them. */
  friendsOnly: number;
  withheld: number;
  /** The most friends that a viewer had. */
  mostFriends: number;
  /** Segments whose bytes were compared between nodes, and how many of those held several messages. */
  segmentsCompared: number;
  segmentsWithSeveral: number;
  /** Segments that witnesses read again, all nodes together, after a node was started anew or a socket was lost. */
  segmentsReread: number;
  ticks: number;
  p50: number;
  p99: number;
  /** What is wrong, a sentence each. */
  faults: string[];
}

export interface SumInput {
  audience: Audience;
  witnesses: readonly Witness[];
  expectation: Expectation;
  outcome: PostOutcome;
  changes: ChangeCounts;
  faults: string[];
  ticks: number;
  watched: number;
}

/** Judges every viewer and puts everything into one verdict. */
export function sumUp(input: SumInput): Verdict {
  const { audience, witnesses, expectation, outcome, changes, faults, ticks, watched } = input;
  const members = audience.viewers.flatMap(({ member }) => member ?? []);
  const weight = substance(members, expectation);
  const all = [...faults, ...weight.faults, ...compareWitnesses(witnesses)];
  const judgements = audience.viewers.map((viewer) => judge(viewer, expectation, (n) => audience.tickAt(n)));
  judgements.forEach((judgement, i) => {
    const who = audience.viewers[i]!.member ?? 'a visitor';
    all.push(...judgement.faults.map((fault) => `${who}: ${fault}`));
  });
  if (Object.values(changes).some((made) => made > 0)) all.push(...changeSubstance(judgements));
  const { p50, p99, reconnects } = audience.progress;
  const compared = [...witnesses[0]!.hashes.keys()].filter((n) => witnesses.every(({ hashes }) => hashes.has(n)));
  return {
    exact: all.length === 0,
    viewers: audience.viewers.length,
    newcomers: audience.viewers.length - watched,
    posted: outcome.posted,
    refused: outcome.refused,
    retried: outcome.retried,
    reconnects,
    everyone: audience.viewers.reduce((sum, { everyone }) => sum + everyone.length, 0),
    friends: audience.viewers.reduce((sum, { friends }) => sum + friends.length, 0),
    medianFriends: weight.medianFriends,
    shareWithout: weight.shareWithout,
    tally: total(judgements),
    changes,
    changedViewers: judgements.filter(({ changed }) => changed > 0).length,
    friendsOnly: expectation.items.filter(({ of, audience: scope }) => of === undefined && scope === 'friends').length,
    withheld: outcome.comments.filter(({ said }) => said !== 'accepted').length,
    mostFriends: members.reduce((most, id) => Math.max(most, expectation.history.friendsAtFirst(id).size), 0),
    segmentsCompared: witnesses.length > 1 ? compared.length : 0,
    segmentsWithSeveral: compared.filter((n) => witnesses[0]!.sizes.get(n)! > 1).length,
    segmentsReread: witnesses.reduce((sum, { reread }) => sum + reread, 0),
    ticks,
    p50,
    p99,
    faults: all,
  };
}

function total(tallies: readonly FriendsTally[]): FriendsTally {
  const sum = { ...NO_FRIENDS };
  for (const tally of tallies) {
    for (const key of Object.keys(sum) as (keyof FriendsTally)[]) sum[key] += tally[key];
  }
  return sum;
}

/** Witnesses may have begun at different segments; from where the last one began, all must have the same. */
export function compareWitnesses(witnesses: readonly Pick<Witness, 'hashes' | 'contradictions'>[]): string[] {
  const faults = witnesses.flatMap(({ contradictions }) => contradictions.map((n) => `segment ${n} changed its bytes`));
  if (witnesses.some(({ hashes }) => hashes.size === 0)) return [...faults, 'a witness saw no segment at all'];
  const begun = Math.max(...witnesses.map(({ hashes }) => Math.min(...hashes.keys())));
  const numbers = new Set(witnesses.flatMap(({ hashes }) => [...hashes.keys()]));
  for (const n of numbers) {
    if (n < begun) continue;
    const seen = witnesses.map(({ hashes }) => hashes.get(n));
    if (seen.includes(undefined)) faults.push(`segment ${n} was served by one node and not by another`);
    else if (new Set(seen).size > 1) faults.push(`segment ${n} differs between two nodes`);
  }
  return faults;
}
