import { connectBus, memberKeys, publisher, type Bus, type MemberKeys } from '@groundswell/bus';
import { envelope, sealedAbout, subjects, type PrivateContent } from '@groundswell/contracts';
import { seal } from '@groundswell/runtime';
import {
  connectStore,
  leaseDue,
  OWN_NETWORK,
  readPairs,
  readRelationships,
  readWatchers,
  type Store,
} from '@groundswell/store';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';

const DAY = 86_400_000;
const SETTLE = 600_000;
const SHOWN = { value: 'engaged', visibility: 'friends', quiet: false } as const;

describe('sealed messages', () => {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let ingest: Harness;
  let bus: Bus;
  let store: Store;
  let keys: MemberKeys;
  let said = 0;

  beforeAll(async () => {
    ingest = await Harness.start(nats, redis);
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    store = await connectStore({ url: redis.url });
    keys = memberKeys(bus);
  });
  afterAll(async () => {
    await ingest.stop();
    await Promise.all([bus.close(), store.close()]);
  });

  const put = async (member: string, { kind, content }: PrivateContent, about = member): Promise<number> => {
    const box = await seal(await keys.of(member), sealedAbout(kind, about), content);
    const message = { member, at: 1_000 + ++said, box };
    const subject = subjects.private(kind);
    const { seq } = await publisher(bus).publish(
      envelope({ subject, id: `sealed-${said}`, source: '/spec', at: message.at, message }),
    );
    return seq;
  };
  const befriend = async (a: string, b: string): Promise<void> => {
    await ingest.call('PUT', `/v1/friends/${b}`, { as: a });
    await ingest.call('PUT', `/v1/friends/${a}`, { as: b });
  };
  const seenBy = async (watcher: string, subject: string) =>
    (await readRelationships(store, [{ watcher, subject }])).seen[0];
  const engaged: PrivateContent = {
    kind: 'relationship',
    content: SHOWN,
  };

  it('are opened and projected: statuses, consent, and who watches whom', async () => {
    await befriend('ada', 'sue');
    await put('sue', engaged);
    await put('sue', { kind: 'consent', content: { mode: 'mutuals' } });
    await put('ada', { kind: 'watch', content: { provider: OWN_NETWORK, subject: 'sue', on: true } });
    await put('ada', { kind: 'watch', content: { provider: 'bluesky', subject: 'did:plc:sue', on: true } });
    await ingest.viewsUp();
    expect(await seenBy('ada', 'sue')).toEqual({ value: 'engaged', since: expect.any(Number), visibility: 'friends' });
    expect([...(await readPairs(store, OWN_NETWORK, ['ada']))[0]!]).toEqual([['sue', 'n']]);
    expect([...(await readPairs(store, 'bluesky', ['ada']))[0]!]).toEqual([['did:plc:sue', 'n']]);
    expect(await readWatchers(store, ['sue', 'ada'])).toEqual([['ada'], []]);
    await put('sue', { kind: 'consent', content: { watcher: 'ada', answer: 'refused' } });
    await put('ada', { kind: 'watch', content: { provider: OWN_NETWORK, subject: 'sue', on: false } });
    await ingest.viewsUp();
    expect(await seenBy('ada', 'sue')).toBe('hidden');
    expect(await readWatchers(store, ['sue'])).toEqual([[]]);
  });

  it('bring those who watch forward, whoever has written them', async () => {
    await befriend('ada', 'tim');
    await put('ada', { kind: 'watch', content: { provider: OWN_NETWORK, subject: 'tim', on: true } });
    await ingest.viewsUp();
    const dueBy = async (now: number) =>
      (await leaseDue(store, { check: OWN_NETWORK }, { now, until: DAY * 365, limit: 6_400 })).includes('ada');
    expect([await dueBy(2_000), await dueBy(2_000)]).toEqual([true, false]);
    const tell = async (content: object): Promise<void> => {
      await put('tim', { kind: 'relationship', content: { ...SHOWN, ...content } } as PrivateContent);
      await ingest.viewsUp();
    };
    await tell({ quiet: true });
    expect(await dueBy(2 * DAY)).toBe(false);
    await tell({ settleMs: DAY });
    expect([await dueBy(DAY), await dueBy(DAY + 2_000), await dueBy(DAY + 2_000)]).toEqual([false, true, false]);
    await tell({});
    expect([await dueBy(SETTLE), await dueBy(SETTLE + 2_000)]).toEqual([false, true]);
  });

  it('say nothing once the key of their member is gone', async () => {
    await befriend('ada', 'kim');
    await put('kim', { kind: 'consent', content: { mode: 'mutuals' } });
    await keys.of('lea');
    const box = await seal(await keys.of('lea'), sealedAbout('consent', 'lea'), { mode: 'mutuals' });
    await keys.erase('lea');
    const message = { member: 'lea', at: 1, box };
    await publisher(bus).publish(
      envelope({ subject: subjects.private('consent'), id: 'erased', source: '/spec', at: 1, message }),
    );
    await befriend('ada', 'lea');
    await ingest.viewsUp();
    expect([await seenBy('ada', 'kim'), await seenBy('ada', 'lea')]).toEqual([undefined, 'hidden']);
  });

  it('say nothing in the place of another, nor when they make no sense, and stop nobody', async () => {
    await befriend('ada', 'mia');
    await put('mia', { kind: 'consent', content: { mode: 'mutuals' } }, 'sue');
    await put('mia', { kind: 'consent', content: { mode: 'everybody' } as never });
    await put('sue', { kind: 'consent', content: { watcher: 'ada', answer: null } });
    await ingest.viewsUp();
    await eventually(async () => (await seenBy('ada', 'sue')) !== 'hidden');
    expect(await seenBy('ada', 'mia')).toBe('hidden');
  });
});
