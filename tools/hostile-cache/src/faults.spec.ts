import type { Answer } from './answer.js';
import { doublesSegments, jumbles, minTtl, refuses, repeats, swapsSegments, together } from './faults.js';

const page = (content: object): Answer => ({ status: 200, headers: {}, body: JSON.stringify(content) });
const segments = [{ n: 1 }, { n: 2 }];

describe('faults', () => {
  it('exchange neighbouring segments, and leave roll-ups alone', () => {
    const address = swapsSegments().address!;
    expect([1, 2, 3, 4].map((n) => address(`/e/7/segments/${n}`))).toEqual(
      [2, 1, 4, 3].map((n) => `/e/7/segments/${n}`),
    );
    expect(address('/e/7/segments/0x8')).toBe('/e/7/segments/0x8');
  });

  it('double segments', () => {
    const address = doublesSegments().address!;
    expect([1, 2, 3].map((n) => address(`/e/7/segments/${n}`))).toEqual([1, 1, 2].map((n) => `/e/7/segments/${n}`));
  });

  it('jumble what holds several segments', () => {
    const twist = (how: 'reversed' | 'repeated', answer: Answer) =>
      JSON.parse(jumbles(how).twist!(answer, '').body) as object;
    expect(twist('reversed', page({ segments }))).toEqual({ segments: [{ n: 2 }, { n: 1 }] });
    expect(twist('repeated', page({ inline: segments }))).toEqual({ inline: [{ n: 1 }, { n: 2 }, { n: 2 }] });
    expect(twist('repeated', page({ t: 'time' }))).toEqual({ t: 'time' });
    const error = { status: 503, headers: {}, body: 'no' };
    expect(jumbles('reversed').twist!(error, '')).toBe(error);
  });

  it('refuse and repeat where the address fits', () => {
    const honest = page({});
    const old = page({ n: 1 });
    const fits = (path: string) => path === '/hot';
    expect(refuses(502, fits).twist!(honest, '/hot')).toMatchObject({ status: 502 });
    expect(refuses(502, fits).twist!(honest, '/cold')).toBe(honest);
    expect([repeats(old, fits).twist!(honest, '/hot'), repeats(old, fits).twist!(honest, '/cold')]).toEqual([
      old,
      honest,
    ]);
  });

  it('go together', () => {
    expect(Object.keys(together(swapsSegments(), minTtl(1))).toSorted()).toEqual(['address', 'keepMs']);
  });
});
