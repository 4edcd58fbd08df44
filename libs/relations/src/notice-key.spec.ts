import { isNews, noticeKey } from './notice-key.js';

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

describe('isNews', () => {
  it('is what differs from the last mail since the baseline', () => {
    expect(isNews(change, undefined)).toBe(true);
    expect(isNews(change, { baselineAt: 0, value: 'married' })).toBe(true);
    expect(isNews(change, { baselineAt: 0, value: 'engaged' })).toBe(false);
    expect(isNews(change, { baselineAt: -5, value: 'engaged' })).toBe(true);
  });
});
