import { connectBus, ensureStreams, publisher, streamInfo, type Bus } from '@groundswell/bus';
import { envelope, SOCIAL, subjects } from '@groundswell/contracts';
import type { Reply } from '@groundswell/relations';
import { systemClock } from '@groundswell/runtime';
import {
  applySlices,
  connectStore,
  PARTITIONS,
  privateOps,
  readRelationships,
  socialOps,
  type RoutedOp,
  type Store,
} from '@groundswell/store';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { OwnNetwork } from '../src/providers/own/own-network.js';
import { StatusView } from '../src/providers/own/status-view.js';
import { Recent } from '../src/providers/recent.js';
import { redisCommand } from './redis-command.js';

const BEHIND: Reply = { ok: false, fault: { kind: 'soft', reason: 'unavailable' } };
const never = new AbortController().signal;

describe('our own network', () => {
  const nats = useNats();
  const redis = useRedis({ appendonly: false });
  let bus: Bus;
  let store: Store;
  let [created, seq] = [0, 0];

  beforeAll(async () => {
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    store = await connectStore({ url: redis.url });
    await ensureStreams(bus, [SOCIAL]);
    ({ created } = await streamInfo(bus, SOCIAL.name));
  });
  afterAll(() => Promise.all([bus.close(), store.close()]));
  beforeEach(async () => {
    await redisCommand(redis.port, 'FLUSHALL');
    seq = await post();
  });

  const post = async (): Promise<number> => {
    const id = `post-${Math.random()}`;
    const message = envelope({ subject: subjects.social('profile'), id, source: '/spec', at: 1, message: {} });
    return (await publisher(bus).publish(message)).seq;
  };
  const apply = (ops: readonly RoutedOp[], of = created) => {
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      from: 0,
      to: seq,
      ops: ops.flatMap((routed) => (routed.partition === partition ? [routed.op] : [])),
    }));
    return applySlices(store, { log: 'SOCIAL', created: of, slices });
  };
  const friends = (...edges: [string, string][]) =>
    socialOps({ kind: 'friendship', seq, message: { edges, on: true, mutual: true, at: 1 } });
  const consents = (member: string) =>
    privateOps({ kind: 'consent', seq, member, at: 1, content: { mode: 'mutuals' } });
  const publishes = (member: string, value: string | null) =>
    privateOps({
      kind: 'relationship',
      seq,
      member,
      at: 5,
      content: { value, visibility: 'friends', quiet: false, settleMs: 9 },
    });
  const network = (): OwnNetwork => {
    const end = new Recent({ ask: () => streamInfo(bus, SOCIAL.name), clock: systemClock, keptMs: 0 });
    const read = readRelationships.bind(undefined, store);
    return new OwnNetwork(new StatusView({ read, end, patienceMs: 200 }), systemClock);
  };
  const look = (...asks: [watcher: string, ...subjects: string[]][]) =>
    network().look(
      asks.map(([watcher, ...of]) => ({ watcher, subjects: of })),
      never,
    );

  it('tells statuses to friends who may know them, and knows nothing of who has said nothing', async () => {
    await apply([
      ...friends(['ada', 'sue'], ['ada', 'tom'], ['ada', 'max'], ['ada', 'ivy']),
      ...['sue', 'tom', 'ivy'].flatMap(consents),
      ...publishes('sue', 'engaged'),
      ...publishes('tom', null),
      ...publishes('max', 'single'),
      ...publishes('ivy', 'none'),
    ]);
    const [ada, bob] = await look(['ada', 'sue', 'tom', 'max', 'ivy'], ['bob', 'sue', 'tom']);
    const kinds = (reply: Reply | undefined) =>
      reply?.ok && [...reply.seen].map(([subject, { kind }]) => `${subject} ${kind}`);
    expect(kinds(ada)).toEqual(['sue value', 'tom unknown', 'max hidden', 'ivy value']);
    expect(kinds(bob)).toEqual(['sue hidden', 'tom unknown']);
    expect(ada!.ok && ada!.seen.get('sue')).toMatchObject({ value: 'engaged', authority: { since: 5 }, settleMs: 9 });
  });

  it('says nothing of anybody from a view that holds nothing', async () => {
    expect(await look(['ada', 'sue'])).toEqual([BEHIND]);
  });

  it('says nothing from a view that was made of another log', async () => {
    await apply(friends(['ada', 'sue']), created - 1);
    expect(await look(['ada', 'sue'])).toEqual([BEHIND]);
  });

  it('says nothing from a view that is behind, and waits for one that is just coming', async () => {
    await apply([...friends(['ada', 'sue']), ...consents('sue'), ...publishes('sue', 'single')]);
    const old = seq;
    seq = await post();
    expect(await look(['ada', 'sue'])).toEqual([BEHIND]);
    const looking = look(['ada', 'sue']);
    const slices = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, from: old, to: seq, ops: [] }));
    await applySlices(store, { log: 'SOCIAL', created, slices });
    expect(await looking).toMatchObject([{ ok: true }]);
  });

  it('says nothing without Redis, and goes on by itself', async () => {
    await apply(friends(['ada', 'sue']));
    await redis.kill();
    expect(await look(['ada', 'sue'])).toEqual([BEHIND]);
    await redis.restart();
    await eventually(() => store.up);
    await apply(friends(['ada', 'sue']));
    expect(await look(['ada', 'sue'])).toMatchObject([{ ok: true }]);
  });
});
