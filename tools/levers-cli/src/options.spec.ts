import { parseOptions } from './options.js';

const NOON = new Date(2027, 0, 31, 12, 0, 30).getTime();
const parse = (text: string) => parseOptions(text.split(' ').filter(Boolean), NOON);

describe('parseOptions', () => {
  it('reads every command', () => {
    expect(parse('list')).toMatchObject({ command: { name: 'list', family: '' }, event: undefined, why: '' });
    expect(parse('list poll --event final')).toMatchObject({ command: { family: 'poll' }, event: 'final' });
    expect(parse('get poll.jitter')).toMatchObject({ command: { name: 'get', lever: 'poll.jitter' } });
    expect(parse('history poll.jitter --data d')).toMatchObject({ command: { name: 'history' }, data: 'd' });
    expect(parse('clear poll.jitter --who ann --why because')).toMatchObject({ who: 'ann', why: 'because' });
    expect(parse('set poll.jitter 0.3 --until 12:01 --nats nats://n')).toMatchObject({
      command: { name: 'set', lever: 'poll.jitter', value: '0.3', until: new Date(2027, 0, 31, 12, 1).getTime() },
      nats: 'nats://n',
    });
  });

  it('takes a negative number as a value', () => {
    expect(parse('set poll.jitter -0.3')).toMatchObject({ command: { value: ' -0.3' } });
  });

  it('shows its usage', () => {
    expect([parse('--help'), parse('help'), parse('set --help')]).toEqual(['help', 'help', 'help']);
  });

  it.each([
    ['', 'Say what to do: list, get, set, clear, history'],
    ['turn x', '"turn" is no command'],
    ['constructor', '"constructor" is no command'],
    ['get', 'It goes: npm run levers -- get LEVER'],
    ['set poll.jitter', 'It goes: npm run levers -- set LEVER VALUE'],
    ['set poll.jitter 1 2', 'in quotes'],
    ['list a b', 'list [FAMILY]'],
    ['get poll.jitter --until 21:30', '--until goes with set, not with get'],
    ['list --colour', "Unknown option '--colour'"],
    ['set poll.jitter 0.3 --until', '--until'],
  ])('refuses "%s"', (text, sentence) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: 'UsageError' }));
    expect(() => parse(text)).toThrow(sentence);
  });
});
