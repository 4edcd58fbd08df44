import { numberIn, problemIn, Repeats } from './problems.js';

describe('problemIn', () => {
  it.each([
    ['{"level":40,"msg":"a view is behind"}', 'a view is behind'],
    ['{"level":50,"msg":"publish failed","err":{"message":"no answer"}}', 'publish failed: no answer'],
    ['{"level":50,"err":{"message":"alone"}}', 'alone'],
    ['{"level":50,"msg":"same","err":{"message":"same"}}', 'same'],
    ['[25969] 2026/11/22 10:46:52.462542 [ERR] JetStream out of space', 'JetStream out of space'],
    ['{"level":30,"msg":"listening"}', undefined],
    ['[25969] 2026/11/22 10:46:52.462542 [INF] Server Exiting..', undefined],
    ['{broken', undefined],
    ['plain text', undefined],
  ])('of %s', (line, problem) => {
    expect(problemIn(line)).toBe(problem);
  });

  it('is one short line', () => {
    expect(problemIn(JSON.stringify({ level: 50, msg: `${'x'.repeat(500)}\nmore` }))).toHaveLength(200);
  });
});

describe('numberIn', () => {
  it('reads a field of one message', () => {
    const listening = { msg: 'listening', field: 'port' };
    expect(numberIn('{"level":30,"msg":"listening","port":4711}', listening)).toBe(4711);
    expect(numberIn('{"level":30,"msg":"other","port":4711}', listening)).toBeUndefined();
    expect(numberIn('{"level":30,"msg":"listening","port":"x"}', listening)).toBeUndefined();
  });
});

describe('Repeats', () => {
  it('lets the same problem through once in a while, with a count', () => {
    let now = 0;
    const repeats = new Repeats(() => now, 1_000);
    expect([repeats.pass('a'), repeats.pass('a'), repeats.pass('b'), repeats.pass('a')]).toEqual([
      'a',
      undefined,
      'b',
      undefined,
    ]);
    now = 1_000;
    expect(repeats.pass('a')).toBe('a (2 more times)');
  });
});
