import { absent, row, type Row } from '../report/row.js';

/** One cache with so many times the pollers. */
export interface Measured {
  factor: number;
  /** A second. */
  originRequests: number;
  edgeRequests: number;
  /** Milliseconds of a whole poll. */
  p99: number;
}

export type Results = readonly { cache: string; measured: readonly Measured[] | undefined }[];

/** What came from the cache, 0 to 1. */
export const hitShare = ({ originRequests, edgeRequests }: Measured): number => 1 - originRequests / edgeRequests;

/** How much more the origin is asked with the most pollers than with the fewest. */
export const growth = (measured: readonly Measured[]): number =>
  measured.at(-1)!.originRequests / measured[0]!.originRequests;

/** Rows of the benchmark; the two that are judged are those of the worse cache. */
export function edgeRows(results: Results): Row[] {
  const there = results.flatMap(({ cache, measured }) => (measured ? [{ cache, measured }] : []));
  const missing = results.filter(({ measured }) => !measured).map(({ cache }) => cache);
  const each = there.flatMap(({ cache, measured }) =>
    measured.map((one) =>
      row({
        key: `edge.origin_per_s.${cache}.${one.factor}`,
        value: one.originRequests,
        unit: 'requests/s',
        note: `of ${Math.round(one.edgeRequests)}/s; p99 of a poll ${one.p99} ms`,
      }),
    ),
  );
  if (there.length === 0) {
    const why = 'neither nginx nor Varnish is installed';
    return [absent('edge.origin_growth', '×', why), absent('edge.hit_share', 'share', why)];
  }
  const without = missing.length > 0 ? `; ${missing.join(', ')} is not installed` : '';
  const say = (figure: (measured: readonly Measured[]) => number): string =>
    there.map(({ cache, measured }) => `${cache} ${figure(measured).toFixed(3)}`).join(', ') + without;
  const share = (measured: readonly Measured[]): number => hitShare(measured.at(-1)!);
  return [
    row({
      key: 'edge.origin_growth',
      value: Math.max(...there.map(({ measured }) => growth(measured))),
      unit: '×',
      note: say(growth),
    }),
    row({
      key: 'edge.hit_share',
      value: Math.min(...there.map(({ measured }) => share(measured))),
      unit: 'share',
      note: `with the most pollers: ${say(share)}`,
    }),
    ...each,
  ];
}
