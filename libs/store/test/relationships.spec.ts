import { FRIENDS, BLOCKS, STRANGERS, type Answer, type Consent } from '@groundswell/social';
import { useRedis } from '@groundswell/testing';
import {
  applySlices,
  PARTITIONS,
  partitionOf,
  readMemberSide,
  readRelationships,
  type Op,
  type RoutedOp,
  type StoredRelationship,
} from '../src/index.js';
import { contents, redis, slicesOf, useStore } from './stack.js';

const CREATED = 1_700_000_000_000;
const ENGAGED: StoredRelationship = { value: 'engaged', since: 5, visibility: 'friends' };

describe('readRelationships', () => {
  const server = useRedis({ appendonly: false });
  const stack = useStore(server);
  let seq = 0;
  let ops: RoutedOp[] = [];

  const put = (member: string, op: Op): void => void ops.push({ partition: partitionOf(member), op });
  const befriend = (member: string, other: string, set = FRIENDS): void =>
    put(member, { kind: 'side', seq: ++seq, member, other, clear: 255, set });
  const publish = (member: string, status: StoredRelationship | undefined): void =>
    put(member, {
      kind: 'field',
      view: 'relationships',
      seq: ++seq,
      member,
      value: status ? JSON.stringify(status) : '',
    });
  const consent = (member: string, mode: Consent): void =>
    put(member, { kind: 'field', view: 'consents', seq: ++seq, member, value: mode });
  const answer = (member: string, watcher: string, said: Answer | undefined): void =>
    put(member, { kind: 'consentTo', seq: ++seq, member, watcher, answer: said });
  const apply = () =>
    applySlices(stack.store, { log: 'SOCIAL', created: CREATED, slices: slicesOf(ops, 0, Math.max(seq, 1)) });
  const see = async (...pairs: [watcher: string, subject: string][]) =>
    (
      await readRelationships(
        stack.store,
        pairs.map(([watcher, subject]) => ({ watcher, subject })),
      )
    ).seen;

  beforeEach(() => {
    seq = 0;
    ops = [];
  });

  it('shows a status to friends who may see it, and to nobody else, in the order asked', async () => {
    for (const watcher of ['ada', 'bea', 'cleo']) befriend('sue', watcher);
    publish('sue', ENGAGED);
    consent('sue', 'mutuals');
    answer('sue', 'cleo', 'refused');
    befriend('tom', 'ada');
    publish('tom', { ...ENGAGED, value: 'single' });
    await apply();
    const asked: [string, string][] = [
      ['ada', 'tom'],
      ['ada', 'sue'],
      ['stranger', 'sue'],
      ['cleo', 'sue'],
      ['bea', 'sue'],
    ];
    expect(await see(...asked)).toEqual(['hidden', ENGAGED, 'hidden', 'hidden', ENGAGED]);
  });

  it('asks first unless told otherwise', async () => {
    befriend('sue', 'ada');
    publish('sue', ENGAGED);
    await apply();
    expect(await see(['ada', 'sue'])).toEqual(['hidden']);
  });

  it.each([
    ['allowed', ENGAGED],
    [undefined, 'hidden'],
  ] as const)('goes by the last answer: %s', async (last, result) => {
    befriend('sue', 'ada');
    publish('sue', ENGAGED);
    answer('sue', 'ada', last === 'allowed' ? 'refused' : 'allowed');
    answer('sue', 'ada', last);
    await apply();
    expect(await see(['ada', 'sue'])).toEqual([result]);
  });

  it.each([STRANGERS, BLOCKS])('hides it as soon as the side is %i', async (side) => {
    befriend('sue', 'ada');
    publish('sue', ENGAGED);
    consent('sue', 'mutuals');
    befriend('sue', 'ada', side);
    await apply();
    expect(await see(['ada', 'sue'])).toEqual(['hidden']);
  });

  it('knows who shows everything and has published nothing from who hides', async () => {
    befriend('sue', 'ada');
    consent('sue', 'mutuals');
    publish('sue', ENGAGED);
    publish('sue', undefined);
    await apply();
    expect(await see(['ada', 'sue'])).toEqual([undefined]);
    expect(Object.keys(await contents(server)).filter((key) => key.includes('relationships'))).toEqual([]);
  });

  it('hides a status that nobody is to see', async () => {
    befriend('sue', 'ada');
    consent('sue', 'mutuals');
    publish('sue', { ...ENGAGED, visibility: 'nobody' });
    await apply();
    expect(await see(['ada', 'sue'])).toEqual(['hidden']);
  });

  it('says how far the view is that is furthest behind', async () => {
    const pair = { watcher: 'ada', subject: 'sue' };
    expect((await readRelationships(stack.store, [pair])).checkpoint).toBeUndefined();
    befriend('sue', 'ada');
    await apply();
    expect((await readRelationships(stack.store, [pair])).checkpoint).toEqual({ created: CREATED, seq: 1 });
    expect(await readRelationships(stack.store, [])).toEqual({ checkpoint: undefined, seen: [] });
  });

  it('is one command a partition, however many ask', async () => {
    const subjects = Array.from({ length: 200 }, (_, i) => `s${i}`);
    for (const subject of subjects) {
      befriend(subject, 'ada');
      consent(subject, 'mutuals');
      publish(subject, ENGAGED);
    }
    await apply();
    const asked = subjects.flatMap((subject): [string, string][] => [
      ['ada', subject],
      ['bea', subject],
    ]);
    const scripts = async () =>
      Number(/cmdstat_evalsha:calls=(\d+)/.exec(String(await redis(server, ['INFO', 'commandstats'])))![1]);
    await see(...asked);
    const before = await scripts();
    expect(await see(...asked)).toEqual(subjects.flatMap(() => [ENGAGED, 'hidden']));
    expect((await scripts()) - before).toBeLessThanOrEqual(PARTITIONS);
  });

  it('gives members all that they have said, and who watches them', async () => {
    publish('sue', ENGAGED);
    consent('sue', 'off');
    answer('sue', 'ada', 'refused');
    put('sue', { kind: 'watched', seq: ++seq, subject: 'sue', watcher: 'ada', on: true });
    put('sue', { kind: 'watch', seq: ++seq, provider: 'own', watcher: 'sue', subject: 'tom', on: true, at: 1 });
    put('sue', { kind: 'delay', seq: ++seq, provider: 'own', watcher: 'sue', subject: 'tom', delayMs: 9 });
    put('sue', { kind: 'watch', seq: ++seq, provider: 'graph', watcher: 'sue', subject: '77', on: true, at: 1 });
    await apply();
    expect(await readMemberSide(stack.store, 'sue')).toEqual({
      checkpoint: { created: CREATED, seq },
      relationship: ENGAGED,
      consent: 'off',
      answers: new Map([['ada', 'refused']]),
      watchers: ['ada'],
      watches: ['tom'],
      delays: new Map([['tom', 9]]),
      accounts: new Map(),
      elsewhere: [{ provider: 'graph', subject: '77', delayMs: 0 }],
    });
    expect(await readMemberSide(stack.store, 'nobody')).toMatchObject({ consent: 'ask', watchers: [], watches: [] });
  });
});
