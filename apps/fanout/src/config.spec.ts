import { fanoutConfig } from './config.js';

const needed = {
  NATS_URL: 'nats://127.0.0.1:4222',
  REDIS_URL: 'redis://127.0.0.1:6379',
  TOKEN_PUBLIC_KEY: 'key',
  NODE_ID: 'fanout-1',
};

describe('fanoutConfig', () => {
  it('has defaults for all but addresses, key and name', () => {
    expect(fanoutConfig(needed)).toMatchObject({
      port: 3002,
      segmentMs: 1000,
      maxBehind: 64,
      replicas: 1,
      node: 'fanout-1',
    });
    expect(fanoutConfig({ ...needed, PORT: '0', EVERYONE_SEGMENT_MS: '250' })).toMatchObject({
      port: 0,
      segmentMs: 250,
    });
  });

  it('names every variable that is missing or out of range', () => {
    const read = () => fanoutConfig({ NODE_ID: 'Fanout 1', PAGE_MAX_BEHIND: '4' });
    for (const name of ['NATS_URL', 'REDIS_URL', 'TOKEN_PUBLIC_KEY', 'NODE_ID', 'PAGE_MAX_BEHIND'])
      expect(read).toThrow(name);
  });
});
