import { syntheticClock, syntheticGraph, syntheticMessages } from '../sources/synthetic.js';
import { planChanges, type PlannedKind } from './change-plan.js';
import { chooseViewers } from './choose-viewers.js';
import { makePlan } from './plan.js';

const sources = {
  graph: syntheticGraph({ nodes: 300, degree: 10, seed: 1 }),
  messages: syntheticMessages({ count: 800, authors: 150, seed: 1 }),
  clock: syntheticClock({ count: 800, perS: 100, seed: 1 }),
};
const plan = makePlan(sources, 800);
const viewers = chooseViewers(plan, 60, 1);
const changes = planChanges({ plan, viewers, count: 300, seed: 5 });

describe('planChanges', () => {
  it('follows from the seed', () => {
    expect(changes).toHaveLength(300);
    expect(planChanges({ plan, viewers, count: 300, seed: 5 })).toEqual(changes);
    expect(planChanges({ plan, viewers, count: 300, seed: 6 })).not.toEqual(changes);
    expect(planChanges({ plan, viewers, count: 0, seed: 5 })).toEqual([]);
  });

  it('spreads over the run, and concerns a viewer and somebody who is still to post', () => {
    expect(changes.map(({ after }) => after)).toEqual(changes.map(({ after }) => after).toSorted((a, b) => a - b));
    expect(changes.at(-1)!.after).toBeGreaterThan(700);
    const talks = (member: string, after: number) =>
      plan.posts.some(({ author, refused }, index) => index > after && author === member && !refused);
    const idle = changes.filter(
      ({ by, to, after }) => !(viewers.includes(by) && talks(to, after)) && !(viewers.includes(to) && talks(by, after)),
    );
    expect(idle).toEqual([]);
    expect(changes.filter(({ by, to }) => by === to)).toEqual([]);
  });

  it('makes every kind, and only what the standing of the two allows', () => {
    const standing = new Map<string, string>();
    for (const [a, b] of plan.edges) standing.set([a, b].sort().join(' '), 'friends');
    const allowed: Record<PlannedKind, string[]> = {
      add: ['strangers'],
      remove: ['friends'],
      block: ['friends', 'strangers'],
      unblock: ['blocked'],
      mute: ['friends'],
      unmute: ['muted'],
    };
    const next = {
      add: 'friends',
      remove: 'strangers',
      block: 'blocked',
      unblock: 'strangers',
      mute: 'muted',
      unmute: 'friends',
    };
    const holders = new Map<string, string>();
    for (const { kind, by, to } of changes) {
      const key = [by, to].sort().join(' ');
      expect(allowed[kind]).toContain(standing.get(key) ?? 'strangers');
      expect(kind.startsWith('un') ? holders.get(key) : by).toBe(by);
      holders.set(key, by);
      standing.set(key, next[kind]);
    }
    expect(new Set(changes.map(({ kind }) => kind)).size).toBe(6);
  });
});
