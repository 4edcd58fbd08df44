import { createLog, systemClock } from '@groundswell/runtime';
import { eventually } from '@groundswell/testing';
import { PastSource, READS, type FoundPast } from './past-source.js';

const CREATED = 7;
const found = (seq: number, created = CREATED): FoundPast => ({
  stories: [],
  more: false,
  checkpoint: { created, seq },
});

/** A room that needs all up to position 100, and a view that answers in turn what it is given. */
function setUp(answers: (FoundPast | Error | 'silence')[], patienceMs = 300) {
  const reads: (readonly string[])[] = [];
  const source = new PastSource({
    read: async (_event, authors) => {
      reads.push(authors);
      const answer = answers[Math.min(reads.length, answers.length) - 1]!;
      if (answer === 'silence') return new Promise(() => undefined);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clock: systemClock,
    log: createLog('spec', 'silent'),
    patienceMs,
  });
  const wanted = { event: 'final', created: CREATED, authors: () => ['vera', 'ada'], needs: () => 100 };
  return { reads, source, wanted, of: () => source.of(wanted) };
}

describe('PastSource', () => {
  it('takes a view that is behind the node, as long as it reaches as far as is needed', async () => {
    const { reads, of } = setUp([found(100)]);
    expect(await of()).toEqual({ stories: [], more: false, asOf: 100, authors: new Set(['vera', 'ada']) });
    expect(reads).toEqual([['vera', 'ada']]);
  });

  it.each<[string, FoundPast | Error]>([
    ['is not yet there', found(99)],
    ['is of another log', found(500, CREATED + 1)],
    ['holds nothing in some part', { ...found(0), checkpoint: undefined }],
    ['is out of reach', new Error('no Redis')],
  ])('waits for a view that %s', async (_, answer) => {
    const { reads, of } = setUp([answer, answer, found(101)], 5_000);
    expect(await of()).toMatchObject({ asOf: 101 });
    expect(reads).toHaveLength(3);
  });

  it.each<[string, FoundPast | 'silence']>([
    ['that stays behind', found(1)],
    ['that says nothing', 'silence'],
  ])('has nothing from a view %s, after a while', async (_, answer) => {
    const started = performance.now();
    expect(await setUp([answer]).of()).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('bounds the reads under way', async () => {
    const going: (() => void)[] = [];
    const source = new PastSource({
      read: () => new Promise((resolve) => going.push(() => resolve(found(200)))),
      clock: systemClock,
      log: createLog('spec', 'silent'),
    });
    const { wanted } = setUp([]);
    const all = Array.from({ length: READS + 50 }, () => source.of(wanted));
    expect(going).toHaveLength(READS);
    going.slice(0, 50).forEach((end) => end());
    await eventually(() => going.length === READS + 50);
    going.slice(50).forEach((end) => end());
    expect((await Promise.all(all)).every((past) => past?.asOf === 200)).toBe(true);
  });
});
