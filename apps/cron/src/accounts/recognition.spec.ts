import type { Ask, Fault, Observation, Provider, Reply, StopSignal } from '@groundswell/relations';
import { createLog } from '@groundswell/runtime';
import { Recognition, type RecognitionOptions } from './recognition.js';

const QUESTION = { provider: 'mastodon', watcher: 'ada', subjects: ['1', '2', '3', '4'] };
const NO_REASON = { soft: 'timeout', auth: 'refused', hard: 'shape' } as const;

describe('Recognition', () => {
  let asked: Ask[];
  let reply: (ask: Ask, signal: StopSignal) => Promise<Reply>;
  const provider = (polled = true): Provider => ({
    name: 'mastodon',
    batch: 80,
    polled,
    calls: 0,
    version: 1,
    look: (asks, signal) => {
      asked.push(...asks);
      return Promise.all(asks.map((ask) => reply(ask, signal)));
    },
  });
  const recognition = (change: Partial<RecognitionOptions> = {}) =>
    new Recognition({
      providers: new Map([['mastodon', provider()]]),
      credentials: () => Promise.resolve(new Map([['ada', { account: '7', token: 'secret' }]])),
      pausedMs: () => Promise.resolve(0),
      most: 2,
      log: createLog('cron', 'silent'),
      ...change,
    });
  const saw = (kind: Exclude<Observation['kind'], 'value'>): Observation => ({ kind, at: 1 });

  beforeEach(() => {
    asked = [];
    const seen = new Map<string, Observation>([
      ['1', { kind: 'value', value: 'follows', at: 1, version: 1 }],
      ['2', saw('hidden')],
      ['3', saw('unknown')],
      ['4', saw('gone')],
    ]);
    reply = () => Promise.resolve({ ok: true, seen });
  });

  it('names those who are there, after one look in the name of the member', async () => {
    expect(await recognition().answer(QUESTION)).toEqual({ known: ['1', '2'] });
    expect(asked).toEqual([
      { watcher: 'ada', credential: { account: '7', token: 'secret' }, subjects: QUESTION.subjects },
    ]);
  });

  it.each<[Fault['kind'], string]>([
    ['soft', 'later'],
    ['auth', 'no_account'],
    ['hard', 'refused'],
  ])('tells a fault that is %s as %s', async (kind, fault) => {
    reply = () => Promise.resolve({ ok: false, fault: { kind, reason: NO_REASON[kind] } as Fault });
    expect(await recognition().answer(QUESTION)).toEqual({ fault });
  });

  it('asks nobody for those who have given no permission, while a provider is paused, or where none is asked', async () => {
    const none = () => Promise.resolve(new Map());
    expect(await recognition({ credentials: none }).answer(QUESTION)).toEqual({ fault: 'no_account' });
    expect(await recognition({ pausedMs: () => Promise.resolve(5) }).answer(QUESTION)).toEqual({ fault: 'later' });
    expect(await recognition().answer({ ...QUESTION, provider: 'graph' })).toEqual({ fault: 'refused' });
    const own = new Map([['mastodon', provider(false)]]);
    expect(await recognition({ providers: own }).answer(QUESTION)).toEqual({ fault: 'refused' });
    expect(asked).toEqual([]);
  });

  it('works on so many at a time, and cuts them off when it is stopped', async () => {
    reply = (_, signal) =>
      new Promise((resolve) => {
        const abort = () => resolve({ ok: false, fault: { kind: 'soft', reason: 'aborted' } });
        if (signal.aborted) abort();
        signal.addEventListener('abort', abort);
      });
    const one = recognition();
    const waiting = [one.answer(QUESTION), one.answer(QUESTION)];
    expect(await one.answer(QUESTION)).toEqual({ fault: 'later' });
    one.stop();
    expect(await Promise.all(waiting)).toEqual([{ fault: 'later' }, { fault: 'later' }]);
    expect(await one.answer(QUESTION)).toEqual({ fault: 'later' });
  });
});
