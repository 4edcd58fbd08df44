import { readLeverRecord } from './record.js';

const full = { value: 0.4, who: 'ann', why: 'goal', at: 5, until: 9, base: 0.1 };
const read = (json: unknown) => readLeverRecord('poll.jitter', json, 77);

describe('readLeverRecord', () => {
  it('reads all fields', () => {
    expect(read(full)).toEqual(full);
    expect(read({ ...full, until: undefined })).toEqual({ value: 0.4, who: 'ann', why: 'goal', at: 5 });
  });

  it('reads what somebody wrote by hand', () => {
    expect(read({ value: null })).toEqual({ value: null, who: '', why: '', at: 77 });
    expect(read({ value: 0.3, until: 99 })).toEqual({ value: 0.3, who: '', why: '', at: 77, until: 99, base: null });
  });

  it.each([
    [null, 'lever_record'],
    ['0.3', 'lever_record'],
    [{}, 'lever_record'],
    [{ value: 2 }, 'lever_range'],
    [{ value: '0.3' }, 'lever_kind'],
    [{ ...full, base: 2 }, 'lever_range'],
    [{ ...full, who: 4 }, 'lever_record'],
    [{ ...full, why: 'x'.repeat(301) }, 'lever_record'],
    [{ ...full, at: -1 }, 'lever_record'],
    [{ ...full, until: 'soon' }, 'lever_record'],
    [{ ...full, until: 1e17 }, 'lever_record'],
    [{ ...full, until: null }, 'lever_record'],
  ])('refuses %j', (json, code) => {
    expect(() => read(json)).toThrow(expect.objectContaining({ name: 'LeverRefused', code }));
  });

  it('gives no lease on a lever that only grows, and does not clear it', () => {
    const epoch = (json: unknown) => () => readLeverRecord('everyone.epoch', json, 1);
    expect(epoch({ value: 3, until: 9 })).toThrow('takes no lease');
    expect(epoch({ value: null })).toThrow('cannot be cleared');
    expect(epoch({ value: 3 })()).toMatchObject({ value: 3 });
  });
});
