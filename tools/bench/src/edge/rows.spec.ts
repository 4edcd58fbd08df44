import { edgeRows, type Measured } from './rows.js';

const measured = (factor: number, originRequests: number, edgeRequests: number): Measured => ({
  factor,
  originRequests,
  edgeRequests,
  p99: 9,
});

describe('edgeRows', () => {
  const nginx = { cache: 'nginx', measured: [measured(1, 2, 20), measured(100, 2, 2000)] };
  const varnish = { cache: 'varnish', measured: [measured(1, 2, 20), measured(100, 3, 2000)] };

  it('judges the worse cache, and shows each', () => {
    const rows = edgeRows([nginx, varnish]);
    expect(rows[0]).toMatchObject({ key: 'edge.origin_growth', value: 1.5, note: 'nginx 1.000, varnish 1.500' });
    expect(rows[1]).toMatchObject({ key: 'edge.hit_share', value: 0.9985 });
    expect(rows.slice(2).map(({ key, value }) => [key, value])).toEqual([
      ['edge.origin_per_s.nginx.1', 2],
      ['edge.origin_per_s.nginx.100', 2],
      ['edge.origin_per_s.varnish.1', 2],
      ['edge.origin_per_s.varnish.100', 3],
    ]);
  });

  it('says what is not installed', () => {
    expect(edgeRows([nginx, { cache: 'varnish', measured: undefined }])[0]!.note).toContain('varnish is not installed');
    expect(edgeRows([{ cache: 'nginx', measured: undefined }]).map(({ value }) => value)).toEqual([null, null]);
  });
});
