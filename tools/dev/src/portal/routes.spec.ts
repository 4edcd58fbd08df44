import { paths } from '@groundswell/protocol';
import { backendOf, isSocket } from './routes.js';

describe('backendOf', () => {
  it.each([
    paths.socket(),
    `${paths.socket()}?x=1`,
    paths.time('abc'),
    paths.head('demo', 1000, 17),
    paths.segment('demo', 3, 5),
    paths.snapshot('demo', 3, 5),
    paths.rollUp('demo', 3, 5, 8),
    paths.stream('demo'),
    paths.authors('demo', 3, 5),
    paths.friendsPoll('demo'),
    `${paths.friendsPoll('demo')}?after=1.2`,
    `${paths.stream('demo')}?after=1.2`,
  ])('%s is for fan-out', (url) => {
    expect(backendOf(url)).toBe('fanout');
  });

  it.each([
    paths.events(),
    paths.event('demo'),
    paths.statuses('demo'),
    paths.status('demo', 'segments'),
    paths.comments('demo', 'abc'),
    paths.like('demo', 'stream'),
    paths.friends(),
    paths.friend('head'),
    paths.status('demo', 'friends'),
    paths.socialImport(),
    '/v1/anything',
    '/v1',
  ])('%s is for ingest', (url) => {
    expect(backendOf(url)).toBe('ingest');
  });

  it.each(['/', '/assets/x.js', '/dev/sign-in', '/v10', '/x/v1/events'])('%s is the portal’s own', (url) => {
    expect(backendOf(url)).toBeUndefined();
  });

  it('knows the socket', () => {
    expect([isSocket('/v1/socket?a'), isSocket('/v1/sockets'), isSocket('/')]).toEqual([true, false, false]);
  });
});
