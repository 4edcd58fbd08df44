import type { Reply } from '@groundswell/relations';
import { OwnNetwork } from './own-network.js';
import type { Published, PublishedStatus, Wanted } from './published.js';

const NOW = 1_800_000_000_000;
const clock = { now: () => NOW, monotonic: () => 0 };
const never = new AbortController().signal;

function published(to: Wanted, fields: Partial<PublishedStatus> = {}): [string, Published] {
  const shown: PublishedStatus = {
    state: 'published',
    value: 'married',
    since: 7,
    quiet: false,
    shownTo: new Set(to.watchers),
  };
  return [to.subject, { ...shown, ...fields }];
}

function network(answer: (wanted: readonly Wanted[]) => [string, Published][]) {
  const reads: (readonly Wanted[])[] = [];
  const readStatuses = (wanted: readonly Wanted[]) => {
    reads.push(wanted);
    return Promise.resolve(new Map(answer(wanted)));
  };
  return { reads, provider: new OwnNetwork({ readStatuses }, clock) };
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `s${from + index}`);
const isOk = ({ ok }: Reply): boolean => ok;

describe('OwnNetwork', () => {
  it('reads a subject once for all who ask', async () => {
    const { provider, reads } = network((wanted) => wanted.map((one) => published(one)));
    const asks = [
      { watcher: 'a', subjects: ['x', 'y'] },
      { watcher: 'b', subjects: ['y', 'z'] },
    ];
    expect((await provider.look(asks, never)).map(isOk)).toEqual([true, true]);
    expect(reads).toEqual([
      [
        { subject: 'x', watchers: ['a'] },
        { subject: 'y', watchers: ['a', 'b'] },
        { subject: 'z', watchers: ['b'] },
      ],
    ]);
  });

  it('is the truth itself, as the member wants it told', async () => {
    const { provider } = network((wanted) => wanted.map((one) => published(one, { quiet: true, settleMs: 9 })));
    const [reply] = await provider.look([{ watcher: 'a', subjects: ['x'] }], never);
    expect(reply).toEqual({
      ok: true,
      seen: new Map([
        [
          'x',
          { kind: 'value', at: NOW, value: 'married', version: 1, authority: { since: 7 }, quiet: true, settleMs: 9 },
        ],
      ]),
    });
    expect(provider.polled).toBe(false);
  });

  it('shows nothing to whom it is not shown', async () => {
    const { provider } = network((wanted) => wanted.map((one) => published(one, { shownTo: new Set(['b']) })));
    const asks = ['a', 'b'].map((watcher) => ({ watcher, subjects: ['x'] }));
    const replies = await provider.look(asks, never);
    expect(replies.map((reply) => reply.ok && reply.seen.get('x')!.kind)).toEqual(['hidden', 'value']);
  });

  it('spares those who did not need the read that failed', async () => {
    const { provider } = network((wanted) => {
      if (wanted.some(({ subject }) => subject === 's1400')) throw new Error('The view is behind.');
      return wanted.map((one) => published(one));
    });
    const asks = [
      { watcher: 'a', subjects: names(0, 800) },
      { watcher: 'b', subjects: names(800, 1_600) },
      { watcher: 'c', subjects: names(0, 10) },
    ];
    const replies = await provider.look(asks, never);
    expect(replies.map(isOk)).toEqual([true, false, true]);
    expect(replies[1]).toEqual({ ok: false, fault: { kind: 'soft', reason: 'unavailable' } });
  });
});
