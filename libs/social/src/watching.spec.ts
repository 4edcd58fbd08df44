import { ASKED, BLOCKED, BLOCKS, FRIENDS, MUTES, STRANGERS, WAITING } from './side.js';
import { isShown, type Showing } from './watching.js';

const shown = (more: Partial<Showing>): boolean =>
  isShown({ side: FRIENDS, consent: 'mutuals', answer: undefined, visibility: 'friends', ...more });

describe('isShown', () => {
  it.each([
    ['off', undefined, false],
    ['off', 'allowed', false],
    ['off', 'refused', false],
    ['ask', undefined, false],
    ['ask', 'allowed', true],
    ['ask', 'refused', false],
    ['mutuals', undefined, true],
    ['mutuals', 'allowed', true],
    ['mutuals', 'refused', false],
  ] as const)('with consent %s and the answer %s: %s', (consent, answer, result) => {
    expect(shown({ consent, answer })).toBe(result);
  });

  it.each([STRANGERS, ASKED, WAITING, BLOCKS, BLOCKED, FRIENDS | BLOCKS, FRIENDS | BLOCKED])(
    'is false across the side %i, whatever else is said',
    (side) => {
      expect(shown({ side, answer: 'allowed' })).toBe(false);
    },
  );

  it('is true for a friend whom the subject mutes: a mute says nothing about being watched', () => {
    expect(shown({ side: FRIENDS | MUTES })).toBe(true);
  });

  it('is false for a status that nobody is to see', () => {
    expect(shown({ visibility: 'nobody', answer: 'allowed' })).toBe(false);
  });
});
