import { parseStart } from './options.js';

const place = { root: '/repo', cwd: '/home/ann' };
const parse = (...args: string[]) => parseStart(args, place);

describe('parseStart', () => {
  it('has defaults for a person who types nothing', () => {
    expect(parse()).toEqual({
      port: 3000,
      data: '/repo/.data',
      empty: false,
      once: false,
      install: true,
      json: false,
      fanouts: 1,
      tokenSecret: undefined,
    });
  });

  it('reads every option', () => {
    const args = '--port 8080 --data here --empty --no-install --fanouts=3 --json --token-secret 12345678'.split(' ');
    expect(parse(...args)).toEqual({
      port: 8080,
      data: '/home/ann/here',
      empty: true,
      once: false,
      install: false,
      json: true,
      fanouts: 3,
      tokenSecret: '12345678',
    });
  });

  it('--once is empty, on a free port, with data that is thrown away', () => {
    expect(parse('--once')).toMatchObject({ once: true, empty: true, port: 0, data: undefined });
    expect(parse('--once', '--port', '81', '--data', '/d')).toMatchObject({ port: 81, data: '/d' });
  });

  it('shows its usage', () => {
    expect(parse('--help')).toBe('help');
  });

  it.each([
    [['--port', '70000'], '--port must be a number from 0 to 65535, not "70000".'],
    [['--port', '80x'], '--port must be a number from 0 to 65535, not "80x".'],
    [['--fanouts', '0'], '--fanouts must be a number from 1 to 16, not "0".'],
    [['--token-secret', 'short'], '--token-secret needs at least 8 characters.'],
    [['--bogus'], "Unknown option '--bogus'. `npm start -- --help` lists the options."],
    [['somewhere'], 'Unexpected argument'],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => parse(...args)).toThrow(sentence);
  });
});
