import { parseOptions } from './options.js';

describe('parseOptions', () => {
  it('has defaults', () => {
    expect(parseOptions([])).toEqual({ port: 3100, seed: 1, waves: undefined });
    expect(parseOptions(['--port=0', '--seed', '7', '--waves', 'x'])).toEqual({ port: 0, seed: 7, waves: 'x' });
    expect(parseOptions(['--help'])).toBe('help');
  });

  it.each([
    [['--port', '65536'], '--port is a whole number, 0 to 65535, not "65536"'],
    [['--seed', '-1'], '--seed'],
    [['--seed=x'], '--seed is a whole number, 0 to 4294967295, not "x"'],
    [['--wave', 'x'], "Unknown option '--wave'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
