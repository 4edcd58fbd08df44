/**
 * What every provider does, whatever it asks and however. A provider runs every case, or is named in `NOT_APPLICABLE` with the
 * reason why the case cannot arise.
 */
import { eventually } from '@groundswell/testing';
import type { Ask, Fault, Observation, Provider, Reply, Value } from '@groundswell/relations';

/** Two members with an answer each, and what can be wrong with an answer; see the double for the kinds. */
export interface Stage {
  readonly provider: Provider;
  /** Of the clock that the provider is given. */
  readonly now: number;
  /** Who is watched, by number. */
  subject(number: number): string;
  /** What a watcher may ask; watchers are 1 to 4. */
  ask(watcher: number, subjects: readonly string[]): Ask;
  /** Begins anew, with a new provider. Subjects by number: shown as `yes` to all watchers; others are `no`, or as said. */
  put(world: { count: number; yes?: readonly number[]; gone?: readonly number[]; hidden?: HiddenFrom }): Promise<void>;
  /** The next answers go wrong. */
  spoil(fault: StageFault): Promise<void>;
  pageSize(size: number): Promise<void>;
  /** The token of a watcher is no longer good. */
  reset(watcher: number): Promise<void>;
  /** How many ids each request about relationships asked for, since `put`. */
  requests(): Promise<number[]>;
  stop(): Promise<void>;
}

export interface HiddenFrom {
  watcher: number;
  subjects: readonly number[];
}

export interface StageFault {
  kind: string;
  watcher?: number;
  times?: number;
  retryAfter?: number | string;
  skewMs?: number;
}

export interface Contract {
  name: string;
  /** What the provider makes of `yes` and `no`. */
  yes: Value;
  no: Value;
  /** Of a subject that is no more: some leave it out. */
  gone: 'gone' | 'unknown';
  start: () => Promise<Stage>;
}

export const NOT_APPLICABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  own: {
    'a page that is not the last': 'the port has no pages: a read is whole or rejects',
    'an answer without an end': 'the port has no pages',
    'pages to the last': 'the port has no pages',
    '429 with Retry-After': 'no budget: our own store',
    '429 without Retry-After': 'no budget: our own store',
    'auth reset': 'no token: who may see what is in the answer',
    "another member's token": 'no token',
    HTML: 'no HTTP',
    'half a body': 'no HTTP',
    'a connection that is cut': 'no HTTP',
    'more bytes than anybody wants': 'no HTTP',
    redirect: 'no HTTP',
    'a clock that is off': 'times are of our own members, compared with our own clock',
    'a hang is a timeout': 'the store has its own time limit, and rejects',
    'one faulty ask among good ones': 'asks are joined in one read: see own-network.spec.ts for what two reads do',
  },
  bluesky: {
    'auth reset': 'public: there is no token',
    "another member's token": 'public: there is no token',
  },
};

const never = new AbortController().signal;

export function describeProvider({ name, yes, no, gone, start }: Contract): void {
  const excused = NOT_APPLICABLE[name] ?? {};
  const met = new Set<string>();
  let stage: Stage;

  /** A case of the contract; one that does not apply is told in the run's output. */
  const holds = (title: string, run: () => Promise<void>): void => {
    met.add(title);
    const reason = excused[title];
    if (reason === undefined) it(title, run);
    else it(`DOES NOT APPLY: ${title} (${reason})`, () => expect(reason).not.toBe(''));
  };
  const look = (...asks: Ask[]): Promise<Reply[]> => stage.provider.look(asks, never);
  const one = async (ask: Ask): Promise<Reply> => (await look(ask))[0]!;
  const subjects = (count: number): string[] => Array.from({ length: count }, (_, index) => stage.subject(index + 1));
  const expectFault = async (fault: Fault): Promise<void> => {
    expect(await one(stage.ask(1, subjects(3)))).toEqual({ ok: false, fault });
  };
  const expectRecovered = async (): Promise<void> => {
    expect(words(await one(stage.ask(1, subjects(3))))).toEqual([yes, no, no]);
  };

  describe(`${name} as a provider`, () => {
    beforeAll(async () => {
      stage = await start();
    });
    afterAll(() => stage.stop());
    beforeEach(() => stage.put({ count: 3, yes: [1] }));

    holds('a value for each subject, at the time it was asked', async () => {
      const reply = await one(stage.ask(1, subjects(3)));
      expect(words(reply)).toEqual([yes, no, no]);
      expect(observations(reply).map(({ at }) => at)).toEqual([stage.now, stage.now, stage.now]);
      expect(observations(reply)).toEqual(
        [yes, no, no].map((value) =>
          expect.objectContaining({ kind: 'value', value, version: stage.provider.version }),
        ),
      );
    });

    holds('replies in the order of the asks', async () => {
      const replies = await look(...[3, 1, 2].map((watcher) => stage.ask(watcher, [stage.subject(watcher)])));
      expect(replies.map((reply) => words(reply))).toEqual([[no], [yes], [no]]);
    });

    holds('nobody to ask for', async () => {
      expect(await look()).toEqual([]);
      expect(await one(stage.ask(1, []))).toEqual({ ok: true, seen: new Map() });
      expect(await stage.requests()).toEqual([]);
    });

    holds('a subject that is named twice', async () => {
      const [first] = subjects(1);
      expect(words(await one(stage.ask(1, [first!, first!])))).toEqual([yes]);
      expect(await stage.requests()).toEqual([1]);
    });

    holds('missing id', async () => {
      await stage.spoil({ kind: 'missing' });
      expect(words(await one(stage.ask(1, subjects(3))))).toEqual(['unknown', no, no]);
      await expectRecovered();
    });

    holds('a subject that is no more', async () => {
      await stage.put({ count: 3, yes: [1], gone: [2] });
      expect(words(await one(stage.ask(1, subjects(3))))).toEqual([yes, gone, no]);
    });

    holds('unknown value', async () => {
      await stage.spoil({ kind: 'unknown_value' });
      expect(words(await one(stage.ask(1, subjects(3))))).toEqual(['unknown', no, no]);
      await expectRecovered();
    });

    holds('permuted answers', async () => {
      await stage.put({ count: 9, yes: [2, 5] });
      await stage.spoil({ kind: 'permuted' });
      const expected = subjects(9).map((_, index) => (index === 1 || index === 4 ? yes : no));
      const reply = await one(stage.ask(1, subjects(9)));
      expect(subjects(9).map((subject) => word(seen(reply).get(subject)))).toEqual(expected);
    });

    holds('two viewers with different visibility', async () => {
      await stage.put({ count: 3, yes: [1, 2], hidden: { watcher: 2, subjects: [1] } });
      const replies = await look(stage.ask(1, subjects(3)), stage.ask(2, subjects(3)));
      expect(replies.map((reply) => words(reply))).toEqual([
        [yes, yes, no],
        ['hidden', yes, no],
      ]);
    });

    holds('batch N and N+1', async () => {
      const { batch } = stage.provider;
      await stage.put({ count: batch + 1, yes: [batch + 1] });
      expect(words(await one(stage.ask(1, subjects(batch)))).filter((text) => text === no)).toHaveLength(batch);
      expect(await stage.requests()).toEqual([batch]);
      const more = words(await one(stage.ask(1, subjects(batch + 1))));
      expect(more).toHaveLength(batch + 1);
      expect(more.at(-1)).toBe(yes);
      expect(await stage.requests()).toEqual([batch, batch, 1]);
    });

    holds('an ask is a fault when one of its requests is', async () => {
      const { batch } = stage.provider;
      await stage.put({ count: batch + 1 });
      await stage.spoil({ kind: 'error_500' });
      const reply = await one(stage.ask(1, subjects(batch + 1)));
      expect(reply).toEqual({ ok: false, fault: { kind: 'soft', reason: 'unavailable' } });
    });

    holds('an error of the server', async () => {
      await stage.spoil({ kind: 'error_500' });
      await expectFault({ kind: 'soft', reason: 'unavailable' });
      await expectRecovered();
    });

    holds('pages to the last', async () => {
      await stage.pageSize(2);
      await expectRecovered();
      expect(await stage.requests()).toEqual([3, 3]);
    });

    holds('a page that is not the last', async () => {
      await stage.pageSize(2);
      await stage.spoil({ kind: 'missing' });
      // Another fault for the second page: what the first said is not used.
      await stage.spoil({ kind: 'error_500' });
      await expectFault({ kind: 'soft', reason: 'unavailable' });
      await expectRecovered();
    });

    holds('an answer without an end', async () => {
      await stage.spoil({ kind: 'endless', times: 10 });
      await expectFault({ kind: 'soft', reason: 'incomplete' });
      expect(await stage.requests()).toEqual([3, 3]);
    });

    holds('429 with Retry-After', async () => {
      await stage.spoil({ kind: 'rate_limited', retryAfter: 120 });
      await expectFault({ kind: 'soft', reason: 'rate_limited', retryAfterMs: 120_000 });
      const before = await stage.requests();
      await expectFault({ kind: 'soft', reason: 'budget_used', retryAfterMs: 120_000 });
      expect(await stage.requests()).toEqual(before);
    });

    holds('429 without Retry-After', async () => {
      await stage.spoil({ kind: 'rate_limited' });
      await expectFault({ kind: 'soft', reason: 'rate_limited' });
      await expectFault({ kind: 'soft', reason: 'budget_used', retryAfterMs: 60_000 });
    });

    holds('auth reset', async () => {
      await expectRecovered();
      await stage.reset(1);
      await expectFault({ kind: 'auth', reason: 'refused' });
    });

    holds("another member's token", async () => {
      const { credential, ...ask } = stage.ask(1, subjects(3));
      const account = stage.ask(2, []).credential!.account;
      const reply = await one({ ...ask, credential: { ...credential, account } });
      expect(reply).toEqual({ ok: false, fault: { kind: 'auth', reason: 'other_account' } });
      expect(await stage.requests()).toEqual([]);
    });

    holds('HTML', async () => {
      await stage.spoil({ kind: 'html' });
      await expectFault({ kind: 'hard', reason: 'not_json' });
      await expectRecovered();
    });

    holds('half a body', async () => {
      await stage.spoil({ kind: 'truncated' });
      await expectFault({ kind: 'hard', reason: 'not_json' });
      await expectRecovered();
    });

    holds('a connection that is cut', async () => {
      await stage.spoil({ kind: 'cut' });
      await expectFault({ kind: 'soft', reason: 'unreachable' });
      await expectRecovered();
    });

    holds('wrong ids', async () => {
      await stage.spoil({ kind: 'wrong_ids' });
      await expectFault({ kind: 'hard', reason: 'foreign' });
      await expectRecovered();
    });

    holds("another member's answer", async () => {
      await stage.spoil({ kind: 'other_member' });
      await expectFault({ kind: 'hard', reason: 'foreign' });
      await expectRecovered();
    });

    holds('10,000 items', async () => {
      await stage.spoil({ kind: 'flood' });
      await expectFault({ kind: 'hard', reason: 'too_many' });
      await expectRecovered();
    });

    holds('more bytes than anybody wants', async () => {
      await stage.spoil({ kind: 'huge' });
      await expectFault({ kind: 'hard', reason: 'too_large' });
      await expectRecovered();
    });

    holds('redirect', async () => {
      await stage.spoil({ kind: 'redirect' });
      await expectFault({ kind: 'hard', reason: 'redirected' });
      expect(await stage.requests()).toEqual([3]);
      await expectRecovered();
    });

    holds('a clock that is off', async () => {
      await stage.spoil({ kind: 'skewed_date', skewMs: 120_000 });
      const reply = await one(stage.ask(1, subjects(3)));
      expect(observations(reply).map(({ at }) => at)).toEqual([stage.now, stage.now, stage.now]);
      await expectRecovered();
    });

    holds('a hang is a timeout', async () => {
      await stage.spoil({ kind: 'hang' });
      await expectFault({ kind: 'soft', reason: 'timeout' });
      await expectRecovered();
    });

    holds('abort', async () => {
      const stop = new AbortController();
      await stage.spoil({ kind: 'hang' });
      const looking = stage.provider.look([stage.ask(1, subjects(3))], stop.signal);
      await eventually(async () => (await stage.requests()).length === 1);
      stop.abort();
      expect(await looking).toEqual([{ ok: false, fault: { kind: 'soft', reason: 'aborted' } }]);
      const late = await stage.provider.look([stage.ask(1, subjects(3))], stop.signal);
      expect(late).toEqual([{ ok: false, fault: { kind: 'soft', reason: 'aborted' } }]);
      await expectRecovered();
    });

    holds('one faulty ask among good ones', async () => {
      await stage.spoil({ kind: 'html', watcher: 2 });
      const replies = await look(...[1, 2, 3, 4].map((watcher) => stage.ask(watcher, subjects(3))));
      expect(replies.map(({ ok }) => ok)).toEqual([true, false, true, true]);
      expect(words(replies[3]!)).toEqual([yes, no, no]);
    });

    it('names no case that there is not', () => {
      expect(Object.keys(excused).filter((title) => !met.has(title))).toEqual([]);
    });
  });
}

function seen(reply: Reply): ReadonlyMap<string, Observation> {
  return reply.ok ? reply.seen : new Map();
}

function observations(reply: Reply): Observation[] {
  return [...seen(reply).values()];
}

/** The values of a reply, or why there is none, in the order of the subjects. */
function words(reply: Reply): string[] {
  return reply.ok ? observations(reply).map(word) : [`${reply.fault.kind} ${reply.fault.reason}`];
}

function word(observation: Observation | undefined): string {
  return observation?.kind === 'value' ? observation.value : (observation?.kind ?? 'nothing');
}
