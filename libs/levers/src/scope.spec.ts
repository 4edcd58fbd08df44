import fc from 'fast-check';
import { LEVERS } from './registry.js';
import { parseRecordKey, recordKey } from './scope.js';

describe('recordKey', () => {
  it('reads back as it was made, for every lever and any event', () => {
    const event = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);
    const scope = fc.option(event, { nil: undefined });
    fc.assert(
      fc.property(scope, fc.constantFrom(...LEVERS), (wanted, { key }) => {
        const text = recordKey(wanted, key);
        expect(parseRecordKey(text)).toEqual({ scope: wanted, key });
        expect(text).toMatch(/^[-a-z0-9._]+$/);
      }),
    );
  });

  it('keeps events that are called like a scope apart', () => {
    expect(parseRecordKey(recordKey('global', 'poll.jitter'))).toEqual({ scope: 'global', key: 'poll.jitter' });
    expect(recordKey(undefined, 'poll.jitter')).toBe('global.poll.jitter');
  });

  it.each(['Final', 'a.b', '', '-a', '*', 'a'.repeat(64)])('refuses "%s" as an event', (event) => {
    expect(() => recordKey(event, 'poll.jitter')).toThrow('cannot be an event');
  });

  it('refuses levers that there are not', () => {
    expect(() => recordKey(undefined, 'poll')).toThrow('There is no lever "poll"');
  });
});

describe('parseRecordKey', () => {
  it.each([
    '',
    'global.',
    'global.poll',
    'event.',
    'event.poll.jitter',
    'event.final.',
    'event..poll.jitter',
    'event.Final.poll.jitter',
    'poll.jitter',
    'global.poll.jitter.x',
  ])('knows no lever for "%s"', (text) => {
    expect(parseRecordKey(text)).toBeUndefined();
  });
});
