import { parseOptions, UsageError } from './options.js';

const files = ['--graph', 'g', '--statuses', 's', '--clock', 'c'];

describe('parseOptions', () => {
  it('reads files, numbers and disturbances', () => {
    expect(
      parseOptions([...files, '--speed', '40', '--viewers', '12', '--disturb', 'kill-nats,kill-fanout']),
    ).toMatchObject({
      graph: 'g',
      speed: 40,
      viewers: 12,
      fanouts: 1,
      disturb: ['kill-nats', 'kill-fanout'],
    });
  });

  it('changes nothing unless asked to', () => {
    expect(parseOptions(files)).toMatchObject({ changes: 0, friendsOnly: 0 });
    expect(parseOptions([...files, '--changes', '50', '--friends-only', '0.2'])).toMatchObject({
      changes: 50,
      friendsOnly: 0.2,
    });
  });

  it.each([
    [[], '--graph is missing'],
    [[...files, '--speed', 'fast'], '--speed must be a number'],
    [[...files, '--viewers', '0'], '--viewers must be a number of at least 1'],
    [[...files, '--changes=-1'], '--changes must be a number of at least 0'],
    [[...files, '--friends-only', '20'], '--friends-only must be a share between 0 and 1'],
    [[...files, '--disturb', 'earthquake'], 'not "earthquake"'],
    [[...files, '--colour'], 'npm run replay'],
  ])('says what is wrong with %j', (args, sentence) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
    expect(() => parseOptions(args)).toThrow(sentence);
  });
});
