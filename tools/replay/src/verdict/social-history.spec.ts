import { SocialHistory, type ChangeKind, type SocialChange } from './social-history.js';

/** Each line is one command; its position is its place, its time ten times that. */
function history(edges: [string, string][], ...said: [ChangeKind, string, string][]): SocialHistory {
  const changes = said.map(([kind, by, to], i): SocialChange => ({ seq: i + 1, at: (i + 1) * 10, kind, by, to }));
  return new SocialHistory(edges, changes);
}

const stances = (of: SocialHistory, member: string, other: string, until: number) =>
  Array.from({ length: until + 1 }, (_, inForce) => {
    const { follows, shuns } = of.stance(member, other, { inForce });
    return follows ? 'follows' : shuns ? 'shuns' : 'nothing';
  });

describe('SocialHistory', () => {
  it('takes a friendship for one when both have said yes, and for none when either has said no', () => {
    const said = history(
      [],
      ['ask', 'ada', 'ben'],
      ['ask', 'ben', 'ada'],
      ['end', 'ben', 'ada'],
      ['ask', 'ada', 'ben'],
    );
    expect(stances(said, 'ada', 'ben', 4)).toEqual(['nothing', 'nothing', 'follows', 'nothing', 'nothing']);
    expect(stances(said, 'ben', 'ada', 4)).toEqual(stances(said, 'ada', 'ben', 4));
  });

  it('lets a block hide both from each other, end the friendship, and void what is said across it', () => {
    const said = history(
      [['ada', 'ben']],
      ['block', 'ada', 'ben'],
      ['ask', 'ben', 'ada'],
      ['unblock', 'ada', 'ben'],
      ['ask', 'ada', 'ben'],
    );
    for (const [member, other] of [
      ['ada', 'ben'],
      ['ben', 'ada'],
    ] as const) {
      expect(stances(said, member, other, 4)).toEqual(['follows', 'shuns', 'shuns', 'nothing', 'nothing']);
    }
  });

  it('keeps a block while the other side has one too', () => {
    const said = history(
      [],
      ['block', 'ada', 'ben'],
      ['block', 'ben', 'ada'],
      ['unblock', 'ada', 'ben'],
      ['unblock', 'ben', 'ada'],
    );
    expect(stances(said, 'ada', 'ben', 4)).toEqual(['nothing', 'shuns', 'shuns', 'shuns', 'nothing']);
  });

  it('lets a mute act on one side alone, and gives the friendship back', () => {
    const said = history([['ada', 'ben']], ['mute', 'ada', 'ben'], ['unmute', 'ada', 'ben']);
    expect(stances(said, 'ada', 'ben', 2)).toEqual(['follows', 'shuns', 'follows']);
    expect(stances(said, 'ben', 'ada', 2)).toEqual(['follows', 'follows', 'follows']);
  });

  it('counts what takes away as soon as it can be known, and what gives only when it is in force', () => {
    const said = history([['ada', 'ben']], ['end', 'ada', 'ben'], ['ask', 'ada', 'cleo'], ['ask', 'cleo', 'ada']);
    expect(said.stance('ada', 'ben', { inForce: 0, knownTo: 1 }).follows).toBe(false);
    expect(said.stance('ada', 'cleo', { inForce: 0, knownTo: 3 }).follows).toBe(false);
    expect(said.stance('ada', 'cleo', { inForce: 3 }).follows).toBe(true);
  });

  it('knows what can have been heard by when, whatever the order of times', () => {
    const said = new SocialHistory(
      [],
      [
        { seq: 1, at: 20, kind: 'mute', by: 'a', to: 'b' },
        { seq: 2, at: 10, kind: 'mute', by: 'c', to: 'b' },
        { seq: 3, at: 30, kind: 'mute', by: 'd', to: 'b' },
      ],
    );
    expect([9, 10, 20, 29, 30, Infinity].map((time) => said.heardBy(time))).toEqual([0, 2, 2, 2, 3, 3]);
  });

  it('lists whom a member has to hide in the end', () => {
    const said = history(
      [],
      ['block', 'ada', 'ben'],
      ['block', 'cleo', 'ada'],
      ['mute', 'ada', 'dora'],
      ['mute', 'eve', 'ada'],
      ['block', 'ada', 'finn'],
      ['unblock', 'ada', 'finn'],
    );
    expect(said.shunnedInTheEnd('ada')).toEqual(['ben', 'cleo', 'dora']);
    expect(said.shunnedInTheEnd('nobody')).toEqual([]);
  });
});
