import type { Shown, StoredRelationship, Watching } from '@groundswell/store';
import { StatusView, ViewBehind } from './status-view.js';

const ENGAGED: StoredRelationship = { value: 'engaged', since: 5, visibility: 'friends' };
const never = new AbortController().signal;

function view(seen: Shown['seen'], checkpoints: Shown['checkpoint'][] = [{ created: 1, seq: 7 }]) {
  const reads: (readonly Watching[])[] = [];
  const read = (asked: readonly Watching[]): Promise<Shown> => {
    const checkpoint = checkpoints[Math.min(reads.length, checkpoints.length - 1)];
    reads.push(asked);
    return Promise.resolve({ checkpoint, seen });
  };
  const end = { get: () => Promise.resolve({ created: 1, lastSeq: 7 }) };
  return { reads, view: new StatusView({ read, end, patienceMs: 40 }) };
}

const ask = (subject: string, ...watchers: string[]) => ({ subject, watchers });

describe('StatusView', () => {
  it('says to whom each status is shown', async () => {
    const { view: statuses, reads } = view([ENGAGED, 'hidden', ENGAGED, 'hidden', undefined]);
    const wanted = [ask('x', 'a', 'b', 'c'), ask('y', 'a'), ask('z', 'a')];
    const published = { state: 'published', value: 'engaged', since: 5, quiet: false, shownTo: new Set(['a', 'c']) };
    expect(await statuses.readStatuses(wanted, never)).toEqual(
      new Map<string, unknown>([
        ['x', published],
        ['y', { state: 'hidden' }],
      ]),
    );
    expect(reads).toEqual([
      [
        { watcher: 'a', subject: 'x' },
        { watcher: 'b', subject: 'x' },
        { watcher: 'c', subject: 'x' },
        { watcher: 'a', subject: 'y' },
        { watcher: 'a', subject: 'z' },
      ],
    ]);
  });

  it('shows a status to whoever may see it, whether or not somebody before may not', async () => {
    const { view: statuses } = view(['hidden', { ...ENGAGED, quiet: true, settleMs: 9 }]);
    const [[, status]] = [...(await statuses.readStatuses([ask('x', 'a', 'b')], never))] as [[string, unknown]];
    expect(status).toMatchObject({ state: 'published', quiet: true, settleMs: 9, shownTo: new Set(['b']) });
  });

  it('does not know a status that this version has no word for', async () => {
    const { view: statuses } = view([{ ...ENGAGED, value: 'betrothed' }]);
    expect((await statuses.readStatuses([ask('x', 'a')], never)).size).toBe(0);
  });

  it('waits for a view that is a moment behind', async () => {
    const { view: statuses, reads } = view([ENGAGED], [undefined, { created: 1, seq: 6 }, { created: 1, seq: 7 }]);
    expect((await statuses.readStatuses([ask('x', 'a')], never)).size).toBe(1);
    expect(reads).toHaveLength(3);
  });

  it.each([
    ['holds nothing', undefined],
    ['is behind', { created: 1, seq: 6 }],
    ['was made from another log', { created: 2, seq: 70 }],
  ])('says nothing when it %s', async (_, checkpoint) => {
    const { view: statuses } = view([ENGAGED], [checkpoint]);
    await expect(statuses.readStatuses([ask('x', 'a')], never)).rejects.toThrow(ViewBehind);
  });

  it('waits but once for a view that stays behind', async () => {
    const behind = { created: 1, seq: 6 };
    const { view: statuses, reads } = view(
      [ENGAGED],
      [...Array.from({ length: 4 }, () => behind), { created: 1, seq: 7 }],
    );
    const read = () => statuses.readStatuses([ask('x', 'a')], never);
    await expect(read()).rejects.toThrow(ViewBehind);
    expect(reads).toHaveLength(3);
    await expect(read()).rejects.toThrow('the view of log 1 is at 6, log 1 is at 7');
    expect(reads).toHaveLength(4);
    expect((await read()).size).toBe(1);
  });

  it('waits no longer than who asked', async () => {
    const { view: statuses, reads } = view([ENGAGED], [undefined]);
    await expect(statuses.readStatuses([ask('x', 'a')], AbortSignal.abort())).rejects.toThrow(ViewBehind);
    expect(reads).toHaveLength(1);
  });
});
