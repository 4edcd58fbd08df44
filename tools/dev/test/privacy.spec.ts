import { jest } from '@jest/globals';
import { EVENTS, SOCIAL } from '@groundswell/contracts';
import { encodeAuthors, mayHoldAny, paths } from '@groundswell/protocol';
import { eventually, useTempDir } from '@groundswell/testing';
import type { Answer } from './members.js';
import {
  EVENT,
  FORMER,
  FRIENDS,
  PrivacyScene,
  QUIET,
  SECRET_COMMENT,
  SECRET_REGRETTED,
  SECRET_STATUS,
  UNRELATED,
} from './privacy-scene.js';
import { publicPages, readHead } from './public-pages.js';
import { redisLists } from './redis-lists.js';

const MINUTES = 60_000;
/** 64 segments of a quarter of a second have to be sealed first. */
jest.setTimeout(MINUTES);
const STRANGERS = [...FORMER, ...UNRELATED];
const NOBODY = 'x'.repeat(16);

describe('privacy, on a whole stack', () => {
  const dir = useTempDir();
  let scene: PrivacyScene;
  beforeAll(async () => {
    scene = await PrivacyScene.start(dir.path);
  }, 3 * MINUTES);
  afterAll(() => scene.end(), MINUTES);

  const leaks = (text: string) => scene.secrets.filter((secret) => text.includes(secret));
  const viewer = (key: string) => scene.viewers.get(key)!;
  const threadOf = async (as: string | undefined) => scene.members.thread(as, scene.secret.id);

  describe('what is for friends only', () => {
    it.each(FRIENDS)(
      'F3: reaches %s by item, snapshot, resume, poll and poll of a snapshot, on both nodes',
      async (as) => {
        const { members, oldCursors, nodes, secret, comment } = scene;
        const holds = (text: string) =>
          [secret.id, SECRET_STATUS, comment.id, SECRET_COMMENT].every((part) => text.includes(part));
        const items = viewer(as)
          .all('item')
          .flatMap(({ op }) => ('id' in op && op.t !== 'tomb' ? [op.id] : []));
        expect(items).toEqual(expect.arrayContaining([secret.id, comment.id]));
        for (const [node, url] of nodes.entries()) {
          const fresh = await scene.view(`${as} again ${node}`, as, { node });
          await eventually(() =>
            fresh.all('snap').some((snap) => snap.tab === 'friends' && holds(JSON.stringify(snap))),
          );
          const resumed = await scene.view(`${as} resumed ${node}`, as, { node, friends: oldCursors.get('fay')! });
          await eventually(() => holds(JSON.stringify(resumed.all('item'))));
          expect(holds((await members.poll(url, as)).text)).toBe(true);
          const polled = await members.poll(url, as, `after=${oldCursors.get('fay')}`);
          expect([polled.body?.t, holds(polled.text)]).toEqual(['items', true]);
        }
      },
    );

    it('F3: is a thread for friends, for no cache, and not there for anybody else: as what never was', async () => {
      for (const as of ['ada', ...FRIENDS]) {
        const { status, text, headers } = await threadOf(as);
        expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
        expect(text).toContain(SECRET_STATUS);
        expect(text).toContain(SECRET_COMMENT);
      }
      const seen = ({ status, headers, text }: Answer) => ({ status, text, type: headers.get('content-type') });
      for (const as of [...STRANGERS, undefined]) {
        const unknown = await scene.members.thread(as, NOBODY);
        expect(unknown.status).toBe(404);
        expect(seen(await threadOf(as))).toEqual(seen(unknown));
        expect(seen(await scene.members.thread(as, scene.comment.id))).toEqual(seen(unknown));
        expect(seen(await scene.members.thread(as, scene.regretted.id))).toEqual(seen(unknown));
      }
    });

    it.each([
      ['POST comments', 'POST', (id: string) => paths.comments(EVENT, id), { text: 'me too' }],
      ['PUT like', 'PUT', (id: string) => paths.like(EVENT, id), undefined],
      ['DELETE', 'DELETE', (id: string) => paths.status(EVENT, id), undefined],
    ])('F3: %s is answered to strangers as of what never was', async (_, method, path, body) => {
      for (const as of STRANGERS) {
        const ask = (id: string) => scene.members.ask(as, method, path(id), body ? { body } : {});
        const [real, unknown] = [await ask(scene.secret.id), await ask(NOBODY)];
        expect([as, real.status, real.text]).toEqual([as, unknown.status, unknown.text]);
      }
    });

    it('F3: is sent to no socket of strangers, former friends, blocked members and visitors, on either tab', async () => {
      const keys = [...STRANGERS, 'visitor'];
      for (const [node] of scene.nodes.entries()) {
        for (const as of STRANGERS) {
          keys.push(`${as} again ${node}`, `${as} resumed ${node}`);
          await scene.view(`${as} again ${node}`, as, { node });
          const friends = scene.oldCursors.get(as) ?? scene.oldCursors.get('fay')!;
          await scene.view(`${as} resumed ${node}`, as, { node, friends });
        }
      }
      await scene.everybodyHears('strangers came again');
      for (const key of keys) expect([key, leaks(viewer(key).heard)]).toEqual([key, []]);
    });

    it('F3: is in no poll of theirs, with a snapshot, an old cursor, or one of a friend', async () => {
      for (const url of scene.nodes) {
        for (const as of STRANGERS) {
          for (const query of [
            '',
            'rank=top',
            `after=${scene.oldCursors.get('fay')}`,
            `after=${scene.oldCursors.get('una')}`,
          ]) {
            const { status, text } = await scene.members.poll(url, as, query);
            expect([as, query, [200, 204].includes(status), leaks(text)]).toEqual([as, query, true, []]);
          }
        }
      }
    });

    it('F3: puts its authors into no filter; where all is for friends only, a filter is that of nobody', async () => {
      await scene.segments(QUIET, 9);
      await scene.segments(EVENT, 16);
      for (const node of scene.nodes) {
        const { filters } = await publicPages(node, EVENT);
        const members = ['ada', ...FRIENDS, ...STRANGERS];
        const verdicts = (id: string) => filters.filter(({ filter, group }) => mayHoldAny(filter, [id], group)).length;
        expect(members.map(verdicts)).toEqual(members.map(() => 0));
        expect(verdicts('pia')).toBeGreaterThan(1);
        const quiet = await publicPages(node, QUIET);
        expect(quiet.filters.length).toBeGreaterThan(1);
        for (const { filter, group } of quiet.filters) expect(filter).toEqual(encodeAuthors([], group));
        expect([quiet.text.includes('zq7 '), quiet.text.includes('"ada"')]).toEqual([false, false]);
      }
    });

    it('H6: that is taken back leaves its id with friends alone', async () => {
      const { id } = scene.regretted;
      for (const as of FRIENDS)
        expect(
          viewer(as)
            .all('item')
            .map(({ op }) => op),
        ).toContainEqual({ t: 'tomb', id });
      for (const node of scene.nodes) {
        expect((await readHead(node, EVENT)).tombs).toEqual([]);
        for (const as of FRIENDS) expect((await scene.members.poll(node, as)).text).not.toContain(SECRET_REGRETTED);
      }
      for (const key of [...STRANGERS, 'visitor']) expect(viewer(key).heard).not.toContain(id);
      for (const { heard } of scene.streams) expect(heard).not.toContain(id);
    });
  });

  describe('who is no friend any more', () => {
    it('sees nothing new from then on, on any transport, by any cursor, and nothing that was kept', async () => {
      const { members, nodes } = scene;
      const uma = await scene.view('uma', 'uma');
      await uma.hears(SECRET_STATUS);
      const { cursor } = await members.poll(nodes[0]!, 'uma');
      await members.do('ada', 'DELETE', paths.friend('uma'));
      await scene.polls('uma', (text) => !text.includes(SECRET_STATUS));
      const later = await members.says('ada', 'zq7 after uma has gone');
      await scene.everybodyHears('uma has gone');
      const heard = uma
        .all('item')
        .map(({ op }) => JSON.stringify(op))
        .join();
      expect(heard).not.toContain(later.id);
      for (const [node, url] of nodes.entries()) {
        const again = await scene.view(`uma again ${node}`, 'uma', { node });
        const resumed = await scene.view(`uma resumed ${node}`, 'uma', { node, friends: cursor });
        await scene.everybodyHears(`uma came back to node ${node}`);
        const told = [again.heard, resumed.heard, (await members.poll(url, 'uma')).text];
        told.push((await members.poll(url, 'uma', `after=${cursor}`)).text);
        for (const text of told) expect([leaks(text), text.includes(later.id)]).toEqual([[], false]);
      }
      expect((await members.thread('uma', scene.secret.id)).status).toBe(404);
      expect(viewer('fay').heard).toContain(later.id);
    });
  });

  describe('a block', () => {
    it('W9: acts both ways at once on sockets, polls, threads and comments, and gives nothing back when it is lifted', async () => {
      const { members, nodes } = scene;
      const [ada, cara] = [viewer('ada'), viewer('cara')];
      const kai = await scene.view('kai', 'kai');
      await kai.hears(SECRET_STATUS);
      const cursors = new Map<string, string>();
      /** Of the list of whom to hide. */
      const versions = new Map<string, string>();
      for (const as of ['ada', 'kai']) {
        for (const url of nodes) {
          const { cursor, body } = await members.poll(url, as, 'hide=');
          cursors.set(as, cursors.get(as) ?? cursor);
          versions.set(as, body!.hide!.version);
        }
      }
      const story = await members.says('cara', 'zq7 story of cara');
      await kai.hears(story.id);
      const unread = await members.says('ada', 'zq7 ada, not polled yet');
      await kai.hears(unread.id);
      await members.do('kai', 'PUT', paths.block('ada'));
      await eventually(() => kai.hidden?.includes('ada') && ada.hidden?.includes('kai'), { message: 'hide frames' });
      const ofAda = [
        await members.says('ada', 'zq7 ada, blocked'),
        await members.comments('ada', story.id, 'zq7 ada below'),
      ];
      const ofKai = [
        await members.says('kai', 'zq7 kai, blocks'),
        await members.comments('kai', story.id, 'zq7 kai below'),
      ];
      await scene.everybodyHears('kai has blocked ada');
      const ids = (posted: { id: string }[]) => posted.map(({ id }) => id);
      for (const id of [...ids(ofAda), ...ids(ofKai)]) expect(cara.heard).toContain(id);
      const items = (key: string) => JSON.stringify(viewer(key).all('item'));
      expect(ids(ofAda).filter((id) => items('kai').includes(id))).toEqual([]);
      expect(ids(ofKai).filter((id) => items('ada').includes(id))).toEqual([]);
      for (const [as, other, hidden, unseen] of [
        ['ada', 'kai', ofKai, []],
        ['kai', 'ada', ofAda, [unread]],
      ] as const) {
        for (const url of nodes) {
          const polled = [
            await members.poll(url, as, `after=${cursors.get(as)}&hide=${versions.get(as)}`),
            await members.poll(url, as, 'hide='),
          ];
          for (const { text, body } of polled) {
            expect(ids([...hidden, ...unseen]).filter((id) => text.includes(id))).toEqual([]);
            expect(body?.hide?.authors).toContain(other);
          }
        }
        const thread = await members.thread(as, story.id);
        expect([thread.status, thread.text.includes(hidden[1]!.id)]).toEqual([200, false]);
        expect((await members.thread(as, hidden[0]!.id)).text).toBe((await members.thread(as, NOBODY)).text);
      }
      // One whom ada has blocked, and one who has blocked ada: what they say to everybody is not there for her.
      for (const by of ['bob', 'kai']) {
        const { id } = await members.says(by, `zq0 ${by} in public`, { audience: 'everyone' });
        expect((await members.thread('stu', id)).status).toBe(200);
        expect((await members.thread('ada', id)).text).toBe((await members.thread('ada', NOBODY)).text);
      }
      const all = await members.thread('cara', story.id);
      expect([all.text.includes(ofAda[1]!.id), all.text.includes(ofKai[1]!.id)]).toEqual([true, true]);

      await members.do('kai', 'DELETE', paths.block('ada'));
      await eventually(() => kai.hidden?.includes('ada') === false && ada.hidden?.includes('kai') === false);
      const after = await members.says('ada', 'zq7 after the block');
      await scene.everybodyHears('the block is lifted');
      expect(items('kai')).not.toContain(after.id);
      expect(leaks((await members.poll(nodes[0]!, 'kai')).text)).toEqual([]);
      expect((await members.do('kai', 'GET', paths.friends())).text).not.toContain('"ada"');
      expect((await members.thread('kai', after.id)).status).toBe(404);
    });

    it('W9: has the same list, under the same version, on every node', async () => {
      await scene.polls('ada', (text) => text.length > 0);
      const asked = scene.nodes.map((url) => scene.members.poll(url, 'ada', 'hide='));
      const [first, second] = (await Promise.all(asked)).map(({ body }) => body?.hide);
      expect(first?.authors).toEqual(expect.arrayContaining(['bea', 'bob']));
      expect(second).toEqual(first);
    });
  });

  describe('a mute', () => {
    it('changes no byte of what the muted can get', async () => {
      const { members, nodes } = scene;
      const [read, written] = [
        await members.says('max', 'zq7 max reads'),
        await members.says('max', 'zq7 max, to like'),
      ];
      const own = await members.says('mia', 'zq7 of mia');
      const [mia, max] = [await scene.view('mia', 'mia'), await scene.view('max', 'max')];
      await mia.hears(read.id);
      await max.hears(own.id);
      const moving = /"(seq|at|id|cursor)":("[^"]*"|\d+|\{[^}]*\})/g;
      /** Headers that a later answer has otherwise whatever happens. */
      const timely = ['date', 'groundswell-cursor', 'content-length', 'location', 'keep-alive', 'connection'];
      const headersOf = ({ headers }: Answer) => [...headers].filter(([name]) => !timely.includes(name));
      const answersOf = async (): Promise<unknown[]> => {
        const reads = [
          paths.friends(),
          paths.blocks(),
          paths.mutes(),
          paths.profile(),
          paths.member('max'),
          paths.member('mia'),
        ];
        const answers: Answer[] = [];
        for (const path of [...reads, paths.status(EVENT, read.id), paths.status(EVENT, own.id)])
          answers.push(await members.ask('mia', 'GET', path));
        const exact = answers.map((answer) => [answer.status, headersOf(answer), answer.text]);
        const writes: [string, string, object?][] = [
          ['PUT', paths.like(EVENT, written.id)],
          ['DELETE', paths.like(EVENT, written.id)],
          ['POST', paths.comments(EVENT, written.id), { text: 'hello' }],
          ['POST', paths.acceptance('max')],
          ['PUT', paths.friend('max')],
        ];
        const later: Answer[] = [];
        for (const [method, path, body] of writes)
          later.push(await members.ask('mia', method, path, body ? { body } : {}));
        for (const url of nodes) later.push(await members.poll(url, 'mia', 'hide='));
        const posted = (text: string) => text.replace(moving, '"$1":0');
        return [
          ...exact,
          ...later.map((answer) => [
            answer.status,
            headersOf(answer),
            posted(answer.text).replace(/,"comments":\[.*?\],"commentCount":\d+/g, ''),
          ]),
        ];
      };
      const before = await answersOf();
      await members.do('max', 'PUT', paths.mute('mia'));
      await eventually(() => max.hidden?.includes('mia'), { message: 'max hides mia' });
      await scene.polls('max', (text) => !text.includes(own.id));
      expect(await answersOf()).toEqual(before);
      const [unseen, seen] = [await members.says('mia', 'zq7 unseen'), await members.says('max', 'zq7 seen')];
      await scene.everybodyHears('max has muted mia');
      expect([mia.heard.includes(seen.id), max.heard.includes(unseen.id)]).toEqual([true, false]);
      expect(mia.all('hide').map(({ authors }) => authors)).toEqual([[]]);
      expect((await members.thread('max', read.id)).status).toBe(200);
    });
  });

  describe('what everybody can get', () => {
    it('F3: is in nothing public: head, segments, roll-ups, snapshots, streams, history, core subjects, lists of Redis', async () => {
      await scene.segments(EVENT, 64);
      for (const node of scene.nodes) {
        const { text, head } = await publicPages(node, EVENT);
        expect(head.n).toBeGreaterThanOrEqual(64);
        expect(text).toContain('ada has written');
        expect(leaks(text)).toEqual([]);
        expect(text).not.toContain('"ada"');
      }
      for (const { heard } of scene.streams)
        expect([heard.includes('ada has written'), leaks(heard)]).toEqual([true, []]);
      const live = scene.live.join('\n');
      expect([live.includes('ada has written'), leaks(live), live.includes('zq7 ')]).toEqual([true, [], false]);
      for (const as of [undefined, 'stu', 'fay']) {
        let before: number | null | undefined;
        do {
          const query = before === undefined ? '?limit=100' : `?limit=100&before=${before}`;
          const { status, text } = await scene.members.ask(as, 'GET', paths.statuses(EVENT) + query);
          expect([status, leaks(text), text.includes('"ada"')]).toEqual([200, [], false]);
          ({ before } = JSON.parse(text) as { before: number | null });
        } while (before !== null);
      }
      const listed = await redisLists(scene.ready.redis, '*:history:*');
      expect(listed.length).toBeGreaterThan(10);
      expect(leaks(listed.join('\n'))).toEqual([]);
    });
  });

  describe('what operators see', () => {
    it('has no text of a member, no token and no address, whatever was sent', async () => {
      const { members, ready, nodes } = scene;
      const json = paths.statuses(EVENT);
      for (const body of [
        '{"text":"zq7 broken',
        '{"text":"zq7","zq7 key":1}',
        { text: 'zq7 '.repeat(200) },
        { text: '' },
      ])
        expect((await members.ask('stu', 'POST', json, { body })).status).toBeGreaterThanOrEqual(400);
      await members.ask('stu', 'PUT', paths.profile(), {
        body: { name: 'zq7 name', avatar: 'mailto:zq7@example.org' },
      });
      await members.ask('stu', 'GET', `${json}?before=zq7zq7zq7`);
      for (const url of [ready.ingest, ...nodes]) {
        const forged = await fetch(`${url}${paths.friends()}?token=${members.token('ada')}`, {
          headers: { authorization: `Bearer ${members.token('ada').slice(0, -9)}zq7zq7zq7` },
        });
        expect([401, 404]).toContain(forged.status);
        const views = await Promise.all(
          ['/ready', '/metrics', '/health'].map(async (path) => (await fetch(url + path)).text()),
        );
        expect(views.filter((text) => /zq7(?: |zq7)|@/.test(text) || leaks(text).length > 0)).toEqual([]);
      }
      await scene.view('bad token', undefined);
      await scene.silence();
      const logs = await scene.logs();
      expect([...logs.keys()]).toEqual(
        expect.arrayContaining(['ingest.log', 'fanout-1.log', 'fanout-2.log', 'nats.log']),
      );
      expect(logs.get('ingest.log')).toContain('"level":20');
      for (const [name, text] of logs) {
        const tokens = members.tokens.filter((token) => text.includes(token) || text.includes(token.split('.')[2]!));
        const content = /zq7(?: |zq7)[^\n]*|[\w.+-]+@[\w-]+\.[a-z]{2,}|public \d+, mail|Name of \w+/.exec(text)?.[0];
        expect([name, tokens, content]).toEqual([name, [], undefined]);
      }
    });
  });

  it('has the subjects apart: what is for friends only is on none that is repeated', () => {
    expect(EVENTS.republish?.from).toBe('gs.v1.event.*.feed.open.*');
    expect(SOCIAL.republish).toBeUndefined();
  });
});
