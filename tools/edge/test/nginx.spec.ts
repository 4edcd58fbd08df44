import { jest } from '@jest/globals';
import { cachingSuite, segment } from './caching-suite.js';
import { fanoutSuite } from './fanout-suite.js';
import { useEdge } from './use-edge.js';

jest.setTimeout(30_000);

describe('nginx', () => {
  const edge = useEdge('nginx');
  cachingSuite(edge);

  it('cannot be told to forget', async () => {
    const path = segment();
    edge.origin.answers({ headers: { 'Cache-Control': 'public, s-maxage=100', 'Surrogate-Key': 'final' } });
    await edge.get(path);
    await edge.get('/', { method: 'PURGE', headers: { 'Surrogate-Key': 'final' } });
    expect((await edge.get(path)).headers['x-cache']).toBe('HIT');
  });
});

describe('nginx before fan-out', () => {
  fanoutSuite(useEdge('nginx'), { purges: false });
});
