import { noticeKey } from './notice-key.js';

const change = { from: 'single', to: 'engaged', seenAt: 1, confirmedAt: 2, baselineAt: 0, told: 0 } as const;

describe('noticeKey', () => {
  it('depends on the pair and the change, and not on when it was found', () => {
    const key = noticeKey({ watcher: 'a', provider: 'own', subject: 'b' }, change);
    expect(noticeKey({ watcher: 'a', provider: 'own', subject: 'b' }, { ...change, seenAt: 5, confirmedAt: 9 })).toBe(
      key,
    );
    const others = [
      noticeKey({ watcher: 'a,own', provider: 'own', subject: 'b' }, change),
      noticeKey({ watcher: 'b', provider: 'own', subject: 'a' }, change),
      noticeKey({ watcher: 'a', provider: 'graph', subject: 'b' }, change),
      noticeKey({ watcher: 'a', provider: 'own', subject: 'b' }, { ...change, to: 'married' }),
      noticeKey({ watcher: 'a', provider: 'own', subject: 'b' }, { ...change, told: 1 }),
      noticeKey({ watcher: 'a', provider: 'own', subject: 'b' }, { ...change, baselineAt: 1 }),
    ];
    expect(new Set([key, ...others]).size).toBe(7);
  });
});
