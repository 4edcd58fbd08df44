import { ConfigInvalid } from '@groundswell/runtime';
import { MemoryBudget } from './budget/memory-budget.js';
import { providerConfig } from './provider-config.js';
import { createProviders } from './providers.js';

const clock = { now: () => 0, monotonic: () => 0 };
const parts = {
  clock,
  budget: new MemoryBudget({ clock, allowances: {} }),
  statuses: { readStatuses: () => Promise.resolve(new Map()) },
  refused: () => Promise.resolve(),
};

describe('providers', () => {
  it('are those that have an address', async () => {
    const config = providerConfig({ BLUESKY_URL: 'https://api.example', GRAPH_URL: 'http://127.0.0.1:1/v1' });
    const providers = createProviders({ ...parts, config });
    expect([...providers.all].map(([name, { name: own, batch, polled }]) => [name, own, batch, polled])).toEqual([
      ['own', 'own', 1_000, false],
      ['graph', 'graph', 50, true],
      ['bluesky', 'bluesky', 30, true],
    ]);
    await providers.stop();
  });

  it.each(['ftp://a.example', 'https://name:secret@a.example', 'https://a.example/?x=1', 'a.example', 'https://a b'])(
    'are not asked at %s',
    (url) => {
      expect(() => providerConfig({ MASTODON_URL: url })).toThrow(ConfigInvalid);
      expect(() => providerConfig({ MASTODON_URL: url })).toThrow('MASTODON_URL must be http(s)://host');
    },
  );

  it('have bounds', () => {
    expect(() => providerConfig({ PROVIDER_CONNECTIONS: '0', PROVIDER_TIMEOUT_MS: 'x' })).toThrow(
      /CONNECTIONS[^]*TIMEOUT/,
    );
  });
});
