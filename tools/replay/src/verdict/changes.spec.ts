/** The oracle while the graph changes: what had to come, what could, what must not; and that it finds what is planted. */
import type { PlannedPost } from '../plan/plan.js';
import { Expectation } from './expectation.js';
import { judge, type Testimony } from './judge.js';
import type { ChangeKind, SocialChange } from './social-history.js';

/**
 * Positions of EVENTS: statuses and comments at 10, 20, …, ticks at 5, 25, 45. Times are positions. vera is a friend of
 * ada and cleo.
 */
const EDGES: [string, string][] = [
  ['vera', 'ada'],
  ['vera', 'cleo'],
];
const post = (author: string, more: Partial<PlannedPost> = {}): PlannedPost => ({
  at: 0,
  author,
  text: author,
  refused: false,
  ...more,
});

interface Scene {
  posts: PlannedPost[];
  /** Position is the place in the list; `at` the time. */
  said?: [ChangeKind, by: string, to: string, at: number][];
  /** SOCIAL in force by the ticks at 5, 25 and 45. */
  social?: [number, number, number];
  /** Counts of the first story, at these positions. */
  counts?: number[];
}

function scene({ posts, said = [], social = [0, 0, 0], counts = [] }: Scene) {
  const changes = said.map(([kind, by, to, at], i): SocialChange => ({ seq: i + 1, kind, by, to, at }));
  const accepted = posts.map((_, index) => ({ index, id: `id${index}`, seq: (index + 1) * 10 }));
  const ticks = [5, 25, 45].map((seq, i) => ({ n: i + 1, seq, social: social[i]! }));
  const expectation = new Expectation({ edges: EDGES, posts }, accepted, {
    changes,
    ticks,
    told: { upTo: 60, counts: counts.map((seq) => ({ seq, of: 'id0' })) },
  });
  const dues = (viewer: string, resumes: { after: number; upTo: number }[] = []) => {
    const handledBy = (seq: number) => ticks.find((tick) => tick.seq > seq)?.seq ?? Infinity;
    const found = new Map(expectation.dues(viewer, { handledBy, resumes }).map(({ item, due }) => [item.id, due]));
    return posts.map((_, index) => found.get(`id${index}`) ?? 'never');
  };
  const testify = (viewer: string, got: number[], more: Partial<Testimony> = {}) => {
    const items = (indexes: number[]) =>
      indexes.map((i) => ({ id: `id${i}`, seq: (i + 1) * 10, text: posts[i]!.text }));
    const open = posts.flatMap((_, i) => (posts[posts[i]!.root ?? i]!.audience ? [] : [i]));
    const empty = (tab: 'everyone' | 'friends') => ({ tab, position: 0, stories: [], at: 0 });
    const testimony: Testimony = {
      member: viewer,
      everyone: items(open),
      friends: items(got),
      snapshots: [empty('everyone'), empty('friends')],
      complaints: [],
      counts,
      arrivals: ticks.map(({ seq }) => ({ seq, at: seq })),
      resumes: [],
      hidden: expectation.history.shunnedInTheEnd(viewer),
      ...more,
    };
    return judge(testimony, expectation, () => 0);
  };
  return { dues, testify, expectation };
}

const fiveByAda = Array.from({ length: 5 }, () => post('ada'));

describe('dues', () => {
  it('a removal: must before it can be known, may until a tick names it, never afterwards', () => {
    // Said at 12, in force with the tick at 25; a node that has handled 10 can have known of it before the tick.
    const { dues } = scene({ posts: fiveByAda, said: [['end', 'ada', 'vera', 12]], social: [0, 1, 1] });
    expect(dues('vera')).toEqual(['may', 'may', 'never', 'never', 'never']);
    const late = scene({ posts: fiveByAda, said: [['end', 'ada', 'vera', 30]], social: [0, 0, 1] });
    expect(late.dues('vera')).toEqual(['must', 'must', 'may', 'may', 'never']);
  });

  it('an addition: never before a tick names it', () => {
    const said: Scene['said'] = [
      ['ask', 'vera', 'ben', 1],
      ['ask', 'ben', 'vera', 2],
    ];
    const posts = Array.from({ length: 5 }, () => post('ben'));
    expect(scene({ posts, said, social: [1, 2, 2] }).dues('vera')).toEqual(['never', 'never', 'must', 'must', 'must']);
  });

  it('a block from either side and a mute take away alike; lifting them waits for a tick', () => {
    for (const [on, off, by, to] of [
      ['block', 'unblock', 'ada', 'vera'],
      ['block', 'unblock', 'vera', 'ada'],
      ['mute', 'unmute', 'vera', 'ada'],
    ] as const) {
      const said: Scene['said'] = [
        [on, by, to, 3],
        [off, by, to, 30],
      ];
      const last = on === 'mute' ? 'must' : 'never';
      expect(scene({ posts: fiveByAda, said, social: [0, 1, 2] }).dues('vera')).toEqual([
        'may',
        'may',
        'never',
        'never',
        last,
      ]);
    }
  });

  it('a mute is nothing to the muted', () => {
    const said: Scene['said'] = [['mute', 'ada', 'vera', 3]];
    expect(scene({ posts: fiveByAda, said, social: [1, 1, 1] }).dues('vera')).toEqual(Array(5).fill('must'));
  });

  it('nothing is seen below the story of somebody blocked, nor their comments anywhere', () => {
    const posts = [
      post('ben'),
      post('ada', { root: 0 }),
      post('ada'),
      post('ben', { root: 2 }),
      post('ada', { root: 2 }),
    ];
    expect(scene({ posts }).dues('vera')).toEqual(['never', 'must', 'must', 'must', 'must']);
    const blocked = scene({ posts, said: [['block', 'ben', 'vera', 1]], social: [1, 1, 1] });
    expect(blocked.dues('vera')).toEqual(['never', 'never', 'must', 'never', 'must']);
  });

  it("what is for friends only goes to friends of the story's author alone, comments included", () => {
    const posts = [
      post('ben', { audience: 'friends' }),
      post('ada', { root: 0 }),
      post('ada', { audience: 'friends' }),
      post('zoe', { root: 2 }),
    ];
    expect(scene({ posts }).dues('vera')).toEqual(['never', 'never', 'must', 'must']);
    expect(scene({ posts }).dues('ben')).toEqual(['must', 'must', 'never', 'never']);
  });

  it('what is sent on return may follow every graph up to then', () => {
    const said: Scene['said'] = [
      ['end', 'ada', 'vera', 22],
      ['ask', 'vera', 'ben', 23],
      ['ask', 'ben', 'vera', 24],
    ];
    const posts = [post('ada'), post('ada'), post('ben'), post('ben'), post('cleo')];
    const { dues } = scene({ posts, said, social: [0, 0, 3] });
    expect(dues('vera')).toEqual(['may', 'may', 'never', 'never', 'must']);
    expect(dues('vera', [{ after: 10, upTo: 46 }])).toEqual(['may', 'may', 'may', 'may', 'must']);
  });
});

describe('judging', () => {
  const removal: Scene = { posts: fiveByAda, said: [['end', 'ada', 'vera', 30]], social: [0, 0, 1] };

  it.each([
    [[0, 1], 0, 2],
    [[0, 1, 2], 1, 1],
    [[0, 1, 3], 1, 1],
    [[0, 1, 2, 3], 2, 0],
  ])('is content with %j: what may come is free', (got, maySeen, mayAbsent) => {
    const { faults, ...tally } = scene(removal).testify('vera', got);
    expect(faults).toEqual([]);
    expect(tally).toEqual({ must: 2, maySeen, mayAbsent, leaked: 0, lost: 0, changed: 3 });
  });

  it('finds a leak', () => {
    const { faults, leaked } = scene(removal).testify('vera', [0, 1, 4]);
    expect(faults).toEqual(['friends: id4 at 50 was not for this viewer']);
    expect(leaked).toBe(1);
  });

  it('finds what is missing', () => {
    const { faults, lost } = scene(removal).testify('vera', [1]);
    expect(faults).toEqual(['friends: 1 of 2 were lost, the first at 10 by ada']);
    expect(lost).toBe(1);
  });

  it('goes by what came after a return, which may be to a node that is behind', () => {
    const { testify } = scene({ posts: fiveByAda, said: [['end', 'ada', 'vera', 30]], social: [0, 0, 1] });
    expect(testify('vera', [0, 2, 3]).faults).toHaveLength(1);
    const resumes = [{ after: 12, upTo: 15, at: 40 }];
    expect(testify('vera', [0, 2, 3], { resumes })).toMatchObject({ must: 1, maySeen: 2, mayAbsent: 1, faults: [] });
  });

  it('judges counts by who follows the author of their story', () => {
    const { testify } = scene({ ...removal, counts: [11, 31, 51] });
    expect(testify('vera', [0, 1], { counts: [11] })).toMatchObject({ must: 3, mayAbsent: 3, faults: [] });
    expect(testify('vera', [0, 1], { counts: [11, 31] })).toMatchObject({ maySeen: 1, faults: [] });
    expect(testify('vera', [0, 1], { counts: [11, 51] }).faults).toEqual([
      'friends: counts 51 at 51 was not for this viewer',
    ]);
    expect(testify('vera', [0, 1], { counts: [31] }).faults).toEqual([
      'friends: 1 of 1 were lost, the first at 11 by ada',
    ]);
    // What was told after the log was read is not judged.
    expect(testify('vera', [0, 1], { counts: [11, 61] }).faults).toEqual([]);
  });

  it('finds what is for friends only in Everyone', () => {
    const posts = [post('ada', { audience: 'friends' }), post('ben')];
    const item = (index: number) => ({ id: `id${index}`, seq: (index + 1) * 10, text: posts[index]!.text });
    const { testify } = scene({ posts });
    expect(testify('vera', [0]).faults).toEqual([]);
    expect(testify('vera', [0], { everyone: [item(0), item(1)] }).faults).toEqual([
      'everyone: id0 at 10 was not for this viewer',
    ]);
  });

  it('wants the last list of whom to hide to be the one of the end', () => {
    const blocked = scene({
      posts: [],
      said: [
        ['block', 'ada', 'vera', 1],
        ['mute', 'vera', 'ben', 2],
      ],
    });
    expect(blocked.testify('vera', []).faults).toEqual([]);
    expect(blocked.testify('vera', [], { hidden: ['ada'] }).faults).toEqual([
      'hide: told 1 in the end ([ada]), due are [ada,ben]',
    ]);
  });

  it('wants a snapshot to show one of the graphs that its maker can have known', () => {
    const { testify } = scene({ ...removal, social: [0, 0, 1] });
    const story = (index: number) => ({
      add: { t: 'add' as const, id: `id${index}`, seq: 0, at: 0, author: { id: 'ada', name: 'ada' }, text: '', rev: 1 },
      comments: [],
      commentCount: 0,
      likes: 0,
    });
    const came = (position: number, at: number, shown: number[]) =>
      testify('vera', [], {
        friends: [],
        everyone: fiveByAda.map(({ text }, i) => ({ id: `id${i}`, seq: (i + 1) * 10, text })),
        snapshots: [
          { tab: 'everyone', position: 0, stories: [], at: 0 },
          { tab: 'friends', position, at, stories: shown.map((index) => story(index)) },
        ],
        // What follows the snapshot is not what is asked here.
      }).faults.filter((fault) => fault.includes('snapshot'));
    expect(came(41, 29, [3, 2, 1, 0])).toEqual([]);
    expect(came(41, 29, [])).toHaveLength(1);
    expect(came(41, 31, [3, 2, 1, 0])).toEqual([]);
    expect(came(41, 31, [])).toEqual([]);
    expect(came(41, 31, [3, 2])).toHaveLength(1);
    expect(came(46, 50, [])).toEqual([]);
    expect(came(46, 50, [3, 2, 1, 0])).toHaveLength(1);
  });
});

describe('lastCertain', () => {
  it('is the last item that nothing takes away, however early it is known', () => {
    const { expectation } = scene({ posts: fiveByAda, said: [['end', 'ada', 'vera', 30]], social: [0, 0, 1] });
    expect(expectation.lastCertain('vera')).toBe(0);
    expect(expectation.lastCertain('ada')).toBe(50);
    expect(expectation.friendsItems('vera')).toHaveLength(4);
  });
});
