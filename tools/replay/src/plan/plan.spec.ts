import type { SourceMessage } from '../sources/messages.js';
import { chooseViewers, hubOf } from './choose-viewers.js';
import { makePlan } from './plan.js';
import { syntheticClock, syntheticGraph, syntheticMessages } from '../sources/synthetic.js';

// Node 2 knows everybody, node 1 two, the others one.
const graph = {
  nodes: ['0', '1', '2', '3'],
  edges: [
    ['2', '0'],
    ['2', '1'],
    ['2', '3'],
    ['1', '0'],
  ] as [string, string][],
};

function plan(messages: SourceMessage[], limit = 100) {
  return makePlan({ graph, messages, clock: messages.map((_, i) => i * 10) }, limit);
}

describe('makePlan', () => {
  it('joins authors by volume to nodes by degree, round and round', () => {
    const authors = ['zed', 'ann', 'ann', 'bob', 'zed', 'ann', 'eve', 'kim'];
    const { posts } = plan(authors.map((author) => ({ author, text: 'x' })));
    // ann 3, zed 2, then by name bob, eve, kim; nodes by degree: 2, then 0 and 1 with two each, then 3.
    const member = new Map(authors.map((author, i) => [author, posts[i]!.author]));
    expect(Object.fromEntries(member)).toEqual({ ann: 'm2', zed: 'm0', bob: 'm1', eve: 'm3', kim: 'm2' });
  });

  it('counts volume within what is replayed', () => {
    const messages = ['ann', 'bob', 'bob', 'ann', 'ann'].map((author) => ({ author, text: 'x' }));
    expect(plan(messages, 3).posts.map(({ author }) => author)).toEqual(['m0', 'm2', 'm2']);
  });

  it('flattens threads to their root and keeps what was answered', () => {
    const { posts } = plan([
      { author: 'a', text: 'root' },
      { author: 'b', text: 'one', parent: 0 },
      { author: 'c', text: 'two', parent: 1 },
      { author: 'd', text: 'alone' },
    ]);
    expect(posts.map(({ root, inReplyTo }) => [root, inReplyTo])).toEqual([
      [undefined, undefined],
      [0, undefined],
      [0, 1],
      [undefined, undefined],
    ]);
  });

  it('expects refusals by the rules for texts, and drops links to them', () => {
    const { posts } = plan([
      { author: 'a', text: ' ' },
      { author: 'b', text: 'x'.repeat(421), parent: 0 },
      { author: 'c', text: 'tab\there', parent: 1 },
      { author: 'd', text: 'line\nbreak', parent: 2 },
      { author: 'e', text: '😀'.repeat(420), parent: 3 },
    ]);
    expect(posts.map(({ refused, root }) => [refused, root])).toEqual([
      [true, undefined],
      [true, undefined],
      [true, undefined],
      [false, undefined],
      [false, 3],
    ]);
  });

  it('puts pseudonyms in the place of names, in texts too', () => {
    const { posts } = plan([
      { author: 'ann', text: 'bob_: ask |ann| and ann, not annie' },
      { author: 'bob_', text: 'ann?' },
    ]);
    expect(posts.map(({ text }) => text)).toEqual(['m0: ask |ann| and m2, not annie', 'm2?']);
  });

  it('chooses viewers for whom much is posted, the same for the same seed', () => {
    const sources = {
      graph: syntheticGraph({ nodes: 400, degree: 10, seed: 1 }),
      messages: syntheticMessages({ count: 600, authors: 100, seed: 1 }),
      clock: syntheticClock({ count: 600, perS: 100, seed: 1 }),
    };
    const made = makePlan(sources, 600);
    const viewers = chooseViewers(made, 50, 7);
    expect(new Set(viewers).size).toBe(50);
    expect(chooseViewers(made, 50, 7)).toEqual(viewers);
    expect(chooseViewers(made, 50, 8)).not.toEqual(viewers);
  });

  it('has the member with the most friends among the viewers', () => {
    expect(hubOf(plan([]))).toBe('m2');
    expect(chooseViewers(plan([]), 1, 3)).toEqual(['m2']);
  });

  it('makes a share of the statuses for friends only, by seed, and leaves comments to their story', () => {
    const messages = Array.from({ length: 400 }, (_, i) => ({
      author: 'a',
      text: 'x',
      ...(i % 2 ? { parent: i - 1 } : {}),
    }));
    const input = { graph, messages, clock: messages.map((_, i) => i) };
    const ofSeed = (seed: number) => makePlan(input, 400, { share: 0.25, seed }).posts.map(({ audience }) => audience);
    const given = ofSeed(1).filter((audience) => audience === 'friends');
    expect(given.length).toBeGreaterThan(30);
    expect(given.length).toBeLessThan(70);
    expect(ofSeed(1).filter((audience, i) => audience && i % 2)).toEqual([]);
    expect(ofSeed(1)).toEqual(ofSeed(1));
    expect(ofSeed(1)).not.toEqual(ofSeed(2));
  });
});
