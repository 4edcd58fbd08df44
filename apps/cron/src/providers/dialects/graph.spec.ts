import { graph } from './graph.js';

const read = (body: unknown) => graph.read({ body, headers: {}, account: '1' });
const error = (code: number) => ({ error: { code, message: 'no', type: 'OAuthException' } });

describe('graph', () => {
  it('asks for all at once', () => {
    expect(graph.path({ account: '1', ids: ['7', '8'] })).toBe('/?ids=7%2C8&fields=relationship_status');
    expect(graph.path({ account: '1', ids: ['7'], cursor: 'a&b' })).toContain('&after=a%26b');
  });

  it.each([
    [
      { id: '7', relationship_status: "It's complicated" },
      { kind: 'value', value: 'its_complicated' },
    ],
    [{ relationship_status: 'In an open relationship' }, { kind: 'value', value: 'open' }],
    [{ id: '7', relationship_status: 'married' }, { kind: 'unknown' }],
    [{ id: '7', relationship_status: 7 }, { kind: 'unknown' }],
    [{ id: '7' }, { kind: 'hidden' }],
    [{ id: '7', relationship_status: null }, { kind: 'hidden' }],
  ])('reads %j', (entry, reading) => {
    expect(read({ 7: entry })).toEqual({ readings: [['7', reading]] });
  });

  it.each([[null], [[]], ['text'], [{ 7: 'Married' }], [{ 7: { id: '8', relationship_status: 'Married' } }]])(
    'does not read %j',
    (body) => {
      expect(read(body)).toEqual({ kind: 'hard', reason: 'shape' });
    },
  );

  it('knows its codes, whatever the status', () => {
    expect(graph.refusal(400, error(190))).toEqual({ kind: 'auth', reason: 'refused' });
    expect(graph.refusal(400, error(4))).toEqual({ kind: 'soft', reason: 'rate_limited' });
    expect(graph.refusal(500, error(2))).toEqual({ kind: 'soft', reason: 'unavailable' });
    expect(graph.refusal(400, error(100))).toBeUndefined();
    expect(graph.refusal(502, '<html>')).toBeUndefined();
    expect(read(error(190))).toEqual({ kind: 'auth', reason: 'refused' });
    expect(read(error(100))).toEqual({ kind: 'hard', reason: 'rejected' });
  });

  it('names the next page, by its cursor and never by its address', () => {
    const paging = { next: 'https://elsewhere.example/', cursors: { after: 'x' } };
    expect(read({ paging })).toEqual({ readings: [], next: 'x' });
    expect(read({ paging: { next: 'https://elsewhere.example/' } })).toEqual({ readings: [], next: '' });
    expect(read({ paging: {} })).toEqual({ readings: [] });
  });

  it('pauses before all is used up', () => {
    const usage = (percent: number) => graph.usage({ 'x-app-usage': `{"call_count":1,"total_time":${percent}}` }, 1000);
    expect(usage(94)).toBeUndefined();
    expect(usage(95)).toEqual({ kind: 'pause', until: 301_000 });
    expect(graph.usage({ 'x-app-usage': 'a lot' }, 0)).toBeUndefined();
  });
});
