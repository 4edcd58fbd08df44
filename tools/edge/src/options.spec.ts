import { parseOptions } from './options.js';

describe('parseOptions', () => {
  it('knows two caches, and where things usually listen', () => {
    expect(parseOptions(['nginx'])).toEqual({ edge: 'nginx', origin: 3000, port: 8080 });
    expect(parseOptions(['varnish', '--origin', '3002', '--port=81'])).toEqual({
      edge: 'varnish',
      origin: 3002,
      port: 81,
    });
    expect(parseOptions(['--help'])).toBe('help');
  });

  it.each([
    [[], 'Name a cache'],
    [['squid'], 'There is no cache "squid"'],
    [['nginx', 'varnish'], 'One cache at a time: leave out "varnish"'],
    [['nginx', '--port', '0'], '--port is a port, 1 to 65535, not "0"'],
    [['nginx', '--origin', 'x'], '--origin is a port, 1 to 65535, not "x"'],
    [['nginx', '--cache'], "Unknown option '--cache'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
