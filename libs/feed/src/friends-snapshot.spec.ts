import fc from 'fast-check';
import { TOP_CANDIDATES } from './friends-snapshot.js';
import { ScriptedLog } from './scripted-log.js';
import type { SnapshotStory } from './snapshot.js';

const ids = (stories: SnapshotStory[]) => stories.map(({ add }) => add.op.id);

describe('friendsSnapshot', () => {
  it('merges the stories of any authors as a sort of all of them would', () => {
    const authors = fc.array(fc.nat(8), { maxLength: 120 });
    const friends = fc.uniqueArray(fc.nat(10), { maxLength: 9 });
    fc.assert(
      fc.property(authors, friends, (posts, chosen) => {
        const log = new ScriptedLog();
        const posted = posts.map((n) => ({ n, id: log.status(`m${n}`) }));
        const expected = posted.filter(({ n }) => chosen.includes(n)).map(({ id }) => id);
        const stories = log.reader.friendsSnapshot(chosen.map((n) => `m${n}`));
        expect(ids(stories)).toEqual(expected.toReversed().slice(0, 30));
      }),
    );
  });

  it('shows the newest comments that the viewer may see, and counts all', () => {
    const log = new ScriptedLog();
    const story = log.status('ada');
    const comments = ['ben', 'ben', 'mallory', 'ben', 'mallory', 'mallory', 'ben'].map((author) =>
      log.comment(author, story, 'ada'),
    );
    const [shown] = log.reader.friendsSnapshot(['ada'], { sees: ({ author }) => author !== 'mallory' });
    expect(shown!.comments.map(({ op }) => op.id)).toEqual([comments[1], comments[3], comments[6]]);
    expect(shown!.commentCount).toBe(7);
  });

  it('puts first what is talked about, and whose author the viewer talks to', () => {
    const log = new ScriptedLog();
    const [quiet, liked, known, newest] = ['ada', 'ben', 'cleo', 'dora'].map((author) => log.status(author));
    log.counts(liked!, 'ben', { likes: 20 });
    const earlier = log.status('cleo');
    log.comment('vera', earlier, 'cleo');
    const rank = (viewer?: string) =>
      ids(log.reader.friendsSnapshot(['ada', 'ben', 'cleo', 'dora'], { rank: 'top', ...(viewer ? { viewer } : {}) }));
    expect(rank('vera')).toEqual([liked, earlier, known, newest, quiet]);
    expect(rank()).toEqual([liked, earlier, newest, known, quiet]);
  });

  it('gives nobody a better place for answering under stories of their own', () => {
    const log = new ScriptedLog();
    const [own, other] = [log.status('vera'), log.status('vera')];
    const friend = log.status('ada');
    log.comment('vera', own, 'vera');
    log.counts(friend, 'ada', { likes: 1 });
    const stories = log.reader.friendsSnapshot(['vera', 'ada'], { rank: 'top', viewer: 'vera' });
    expect(ids(stories)).toEqual([friend, own, other]);
  });

  it('looks no further back for the top than a bound', () => {
    const log = new ScriptedLog();
    const old = log.status('ada');
    log.counts(old, 'ada', { likes: 1_000_000 });
    for (let i = 1; i < TOP_CANDIDATES; i++) log.status('ben');
    const first = () => ids(log.reader.friendsSnapshot(['ada', 'ben'], { rank: 'top' }))[0];
    expect(first()).toBe(old);
    log.status('ben');
    expect(first()).not.toBe(old);
  });
});
