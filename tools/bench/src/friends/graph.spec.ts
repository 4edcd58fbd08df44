import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { medianMembers, openGraph } from './graph.js';

describe('openGraph', () => {
  let folder: string;
  const write = (text: string): void => {
    const file = join(folder, 'graphs/rozemberczki/twitch_DE_edges.csv');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'graph-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has ten friends for everybody, and a hub, when it is made up', () => {
    const { members, hub, friendsOf } = openGraph(undefined, { members: 41, hubFriends: 20 });
    expect([members.length, hub, friendsOf(hub).length]).toEqual([41, 'hub', 20]);
    expect(members.filter((member) => friendsOf(member).length === 10)).toHaveLength(20);
    expect(friendsOf('viewer0')).toContain('hub');
    expect(friendsOf(hub)).toContain('viewer0');
  });

  it('keeps those with the most friends of a file', () => {
    write('from,to\n1,2\n1,3\n1,4\n2,3\n4,5\n5,5\n');
    expect([...openGraph(folder, { members: 10, hubFriends: 0 }).members].sort()).toEqual([
      'm1',
      'm2',
      'm3',
      'm4',
      'm5',
    ]);
    const three = openGraph(folder, { members: 3, hubFriends: 0 });
    expect(three.hub).toBe('m1');
    expect(three.edges).toEqual([
      ['m1', 'm2'],
      ['m1', 'm3'],
      ['m2', 'm3'],
    ]);
  });

  it('refuses what is no pair', () => {
    write('from,to\n1,2\n1;3\n');
    expect(() => openGraph(folder, { members: 3, hubFriends: 0 })).toThrow('no pair of ids: "1;3"');
  });
});

describe('medianMembers', () => {
  it('are those with as many friends as the one in the middle', () => {
    const graph = openGraph(undefined, { members: 41, hubFriends: 15 });
    const counts = medianMembers(graph).map((member) => graph.friendsOf(member).length);
    expect(counts).toEqual(Array.from({ length: 25 }, () => 10));
  });
});
