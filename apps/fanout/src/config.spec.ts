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
      maxSockets: 1_000_000,
      purge: '',
      leversFile: '',
      replicas: 1,
      node: 'fanout-1',
    });
    expect(fanoutConfig({ ...needed, PORT: '0', LEVERS_FILE: '/levers.json' })).toMatchObject({
      port: 0,
      leversFile: '/levers.json',
    });
  });

  it('names every variable that is missing or out of range', () => {
    const read = () => fanoutConfig({ NODE_ID: 'Fanout 1', MAX_SOCKETS: '4' });
    for (const name of ['NATS_URL', 'REDIS_URL', 'TOKEN_PUBLIC_KEY', 'NODE_ID', 'MAX_SOCKETS'])
      expect(read).toThrow(name);
  });
});
