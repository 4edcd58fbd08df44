import fc from 'fast-check';
import type { NumericLever } from './lever.js';
import { DEFAULT_LEVERS, LEVERS } from './registry.js';
import { checkLever, checkLevers, parseLever, requireLever } from './values.js';

const NUMERIC = LEVERS.filter((lever): lever is typeof lever & NumericLever => 'min' in lever);
const OTHER = LEVERS.filter((lever) => !('min' in lever));
const refused = (code: string) => expect.objectContaining({ name: 'LeverRefused', code });

describe('checkLever', () => {
  it.each(NUMERIC)('$key takes its ends and its default, and nothing outside', (lever) => {
    const { key, min, max, default: usual, kind } = lever;
    expect([min, max, usual].map((value) => checkLever(key, value))).toEqual([min, max, usual]);
    for (const value of [min - 1, max + 1]) {
      expect(() => checkLever(key, value)).toThrow(refused('lever_range'));
      expect(() => checkLever(key, value)).toThrow(`from ${min} to ${max}`);
    }
    for (const value of [NaN, Infinity, null, undefined, String(min), true, [min], {}]) {
      expect(() => checkLever(key, value)).toThrow(refused('lever_kind'));
    }
    const half = () => checkLever(key, min + 0.5);
    const whole = kind === 'count';
    expect(fails(half)).toBe(whole);
  });

  it.each(OTHER)('$key takes its default and no other kind', (lever) => {
    expect(checkLever(lever.key, lever.default)).toBe(lever.default);
    for (const value of [NaN, 0, 1, null, undefined, 'yes', '', [], {}]) {
      expect(() => checkLever(lever.key, value)).toThrow(refused('lever_kind'));
    }
  });

  it('takes exactly the numbers of the range, and gives them back as they are in JSON', () => {
    const numbers = fc.oneof(fc.double(), fc.integer(), fc.constant(-0));
    fc.assert(
      fc.property(fc.constantFrom(...NUMERIC), numbers, (lever, value) => {
        const inside = value >= lever.min && value <= lever.max;
        const allowed = inside && (lever.kind === 'number' || Number.isInteger(value));
        expect(fails(() => checkLever(lever.key, value))).toBe(!allowed);
        const taken = allowed ? checkLever(lever.key, value) : lever.min;
        expect(JSON.parse(JSON.stringify(taken))).toBe(taken);
      }),
      { numRuns: 2_000 },
    );
  });

  it('says in one sentence what there is instead', () => {
    expect(() => requireLever('poll.intervall')).toThrow(
      'There is no lever "poll.intervall"; there are poll.interval_ms, poll.jitter, poll.hidden_factor, poll.edge_budget_rps.',
    );
    expect(() => requireLever('nothing')).toThrow(refused('lever_unknown'));
    expect(() => requireLever('nothing')).toThrow('there are everyone.*, comments.*, counts.*');
    expect(() => checkLever('everyone.segment_ms', 50)).toThrow(
      'everyone.segment_ms must be a whole number from 250 to 10000 (ms); 50 is outside.',
    );
    expect(() => checkLever('everyone.mode', 'x'.repeat(500))).toThrow(/^everyone\.mode must be one of .{20,100}…\.$/);
  });
});

describe('parseLever', () => {
  it('reads what people type', () => {
    expect(['on', 'true', 'off', 'false'].map((text) => parseLever('sse.enabled', text))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(parseLever('everyone.mode', ' top ')).toBe('top');
    expect(parseLever('everyone.rate_per_s', '0.2')).toBe(0.2);
    expect(parseLever('everyone.segment_ms', '0750')).toBe(750);
  });

  it.each(['', ' ', '1e3', '0x400', '1_000', 'ten', '500ms', '--1', '1.2.3', 'Infinity', 'NaN', '1.5'])(
    'refuses "%s" for a whole number',
    (text) => {
      expect(() => parseLever('everyone.segment_ms', text)).toThrow(refused('lever_kind'));
    },
  );

  it.each(['', 'yes', '1', 'TRUE', 'constructor'])('refuses "%s" for a switch', (text) => {
    expect(() => parseLever('sse.enabled', text)).toThrow(refused('lever_kind'));
  });
});

describe('checkLevers', () => {
  it('takes over what is good and keeps the last known good of the rest', () => {
    const base = { ...DEFAULT_LEVERS, 'poll.jitter': 0.4 };
    const { levers, faults } = checkLevers({ 'poll.jitter': 7, 'everyone.mode': 'top', 'no.lever': 1 }, base);
    expect(levers).toEqual({ ...base, 'everyone.mode': 'top' });
    expect(faults).toEqual([expect.stringContaining('7 is outside'), expect.stringContaining('"no.lever"')]);
  });

  it('finds nothing to refuse in the defaults, and nothing to take in what is no set', () => {
    expect(checkLevers(DEFAULT_LEVERS)).toEqual({ levers: DEFAULT_LEVERS, faults: [] });
    for (const value of [null, [], 'x', 3, undefined]) {
      expect(checkLevers(value)).toEqual({ levers: DEFAULT_LEVERS, faults: [expect.stringContaining('object')] });
    }
  });
});

function fails(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch {
    return true;
  }
}
