import fc from 'fast-check';
import { LeverBook, type LeverEntry } from './lever-book.js';
import { DEFAULT_LEVERS } from './registry.js';
import { recordKey } from './scope.js';

const NOON = 1_000_000;
const JITTER = 'poll.jitter';

/** A book, and a hand that turns levers in it. */
function book(floor?: number) {
  const made = new LeverBook(floor);
  let revision = 0;
  const put = (key: string, json: unknown) => made.add({ key, revision: ++revision, json, at: revision });
  const turn = (value: unknown, more: { event?: string; until?: number; base?: unknown } = {}) => {
    const { event, ...rest } = more;
    return put(recordKey(event, JITTER), { value, ...rest });
  };
  const jitter = (event?: string, now = NOON) => made.of(event, now).levers[JITTER];
  return { made, put, turn, jitter };
}

describe('LeverBook', () => {
  it('is at the defaults when it is empty', () => {
    expect(book().made.of('final', NOON)).toEqual({ levers: DEFAULT_LEVERS, rev: 0 });
  });

  it('lets an event override what is set for all, until that is cleared', () => {
    const { made, turn, jitter } = book();
    turn(0.3);
    turn(0.1, { event: 'final' });
    expect([jitter(), jitter('final'), jitter('other')]).toEqual([0.3, 0.1, 0.3]);
    expect([made.of('other', NOON).rev, made.of('final', NOON).rev]).toEqual([1, 2]);
    turn(null, { event: 'final' });
    expect(jitter('final')).toBe(0.3);
    expect(made.of('final', NOON).rev).toBe(3);
    turn(null);
    expect(jitter('final')).toBe(0.2);
  });

  it('takes a deleted key as cleared', () => {
    const { put, turn, jitter } = book();
    turn(0.3);
    put(recordKey(undefined, JITTER), undefined);
    expect(jitter()).toBe(0.2);
  });

  it('keeps the last known good when a record is not acceptable, and says why', () => {
    const { made, put, turn, jitter } = book();
    turn(0.3);
    expect(turn(0.9)).toContain('must be a number from 0 to 0.5');
    expect(put('global.no.lever', { value: 1 })).toContain('There is no lever');
    expect(put(recordKey('final', JITTER), 'nonsense')).toContain('must be an object');
    expect([jitter(), jitter('final'), made.of(undefined, NOON).rev, made.events]).toEqual([0.3, 0.3, 1, []]);
  });

  it('goes back when a lease ends, through leases within leases', () => {
    const { made, turn, jitter } = book();
    turn(0.1);
    turn(0.2, { until: NOON + 60 });
    turn(0.3, { until: NOON + 30 });
    expect([0, 29, 30, 59, 60].map((later) => jitter(undefined, NOON + later))).toEqual([0.3, 0.3, 0.2, 0.2, 0.1]);
    expect([0, 30, 60].map((later) => made.nextEnd(NOON + later))).toEqual([NOON + 30, NOON + 60, Infinity]);
    expect(made.of(undefined, NOON + 99).rev).toBe(3);
    turn(0.5);
    expect(jitter()).toBe(0.5);
  });

  it('remembers what was set for good when the bucket does not reach back to it', () => {
    const { turn, jitter } = book();
    for (let lease = 0; lease < 100; lease++) turn(0.4, { until: NOON - 1, base: 0.1 });
    expect(jitter()).toBe(0.1);
  });

  it('gives the same object as long as nothing changes, to all events without values of their own', () => {
    const { made, turn } = book();
    turn(0.3, { until: NOON + 10 });
    const before = made.of('a', NOON);
    expect(made.of('b', NOON + 9)).toBe(before);
    expect(made.of('b', NOON + 10)).not.toBe(before);
    expect(Object.isFrozen(before.levers)).toBe(true);
    // A wall clock may be put back.
    expect(made.of('b', NOON).levers[JITTER]).toBe(0.3);
  });

  it('never lets a growing lever go back, in whatever scope it is turned', () => {
    const { made, put } = book();
    const epoch = (event?: string) => made.of(event, NOON).levers['everyone.epoch'];
    put('event.final.everyone.epoch', { value: 1 });
    put('global.everyone.epoch', { value: 5 });
    expect([epoch(), epoch('final')]).toEqual([5, 5]);
    expect(put('event.final.everyone.epoch', { value: 0 })).toContain('only grows: it is 1 and cannot become 0');
    expect(put('global.everyone.epoch', undefined)).toContain('cannot be cleared');
    put('event.final.everyone.epoch', { value: 6 });
    expect([epoch(), epoch('final')]).toEqual([5, 6]);
  });

  it('prepares records that it would take, with what a lease goes back to', () => {
    const { made, turn } = book();
    turn(0.3);
    turn(0.4, { until: NOON + 9, base: 0.3 });
    const prepare = (more: object) =>
      made.prepare({ scope: undefined, key: JITTER }, { value: 0.1, who: 'ann', why: '', at: NOON, ...more });
    expect(prepare({})).toEqual({ value: 0.1, who: 'ann', why: '', at: NOON });
    expect(prepare({ until: NOON + 1 })).toMatchObject({ until: NOON + 1, base: 0.3 });
    expect(() => prepare({ until: NOON })).toThrow('must end later than it begins');
    expect(() => prepare({ value: 1 })).toThrow('1 is outside');
    expect(made.rev).toBe(2);
  });

  it('starts its revisions at the floor', () => {
    const { made, turn } = book(10);
    turn(0.3);
    expect([made.rev, made.of('final', NOON).rev]).toEqual([10, 10]);
    expect(made.add({ key: recordKey(undefined, JITTER), revision: 12, json: { value: 0 }, at: 1 })).toBeUndefined();
    expect(made.rev).toBe(12);
  });

  it('explains where a value comes from', () => {
    const { made, turn } = book();
    turn(0.3);
    turn(0.1, { event: 'final', until: NOON + 1 });
    const standing = (event: string | undefined, now: number) =>
      made.explain(event, now).find(({ lever }) => lever.key === JITTER);
    expect(standing('final', NOON)).toMatchObject({ value: 0.1, from: 'event', turn: { revision: 2 } });
    expect(standing('final', NOON + 1)).toMatchObject({ value: 0.3, from: 'global', turn: { revision: 1 } });
    expect(made.explain(undefined, NOON)[0]).toMatchObject({ value: true, from: 'default' });
  });

  it('holds the same after its entries went through JSON, and after entries came twice', () => {
    const value = fc.constantFrom(0, 0.1, 0.5, null, 9);
    const until = fc.option(fc.integer({ min: NOON - 5, max: NOON + 5 }), { nil: undefined });
    const event = fc.constantFrom(undefined, 'a', 'b');
    const turns = fc.array(fc.record({ value, until, event }), { maxLength: 30 });
    fc.assert(
      fc.property(turns, fc.integer({ min: NOON - 6, max: NOON + 6 }), (sequence, now) => {
        const { made, turn } = book();
        for (const { value: next, ...more } of sequence) turn(next, more);
        const copy = new LeverBook();
        const entries = JSON.parse(JSON.stringify(made.entries())) as LeverEntry[];
        for (const entry of [...entries, ...entries]) expect(copy.add(entry)).toBeUndefined();
        for (const scope of [undefined, 'a', 'b']) {
          expect(copy.of(scope, now)).toEqual(made.of(scope, now));
        }
      }),
    );
  });
});
