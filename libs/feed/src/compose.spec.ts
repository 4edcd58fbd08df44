import { ScriptedLog } from './scripted-log.js';

describe('compose, mode all', () => {
  it('shows every public status and comment once, in log order', () => {
    const log = new ScriptedLog();
    const a = log.status('ada');
    log.status('ben', 'friends');
    const c = log.comment('cleo', a, 'ada');
    const tick = log.tick();
    const segment = log.reader.segment(1)!;
    expect(segment.ops.map(({ op }) => 'id' in op && op.id)).toEqual([a, c]);
    expect(segment).toMatchObject({ n: 1, seq: [1, 4], at: tick.at, seen: 2, shown: 2 });
  });

  it('keeps to the byte cap, oldest first, and says how many it cut', () => {
    const log = new ScriptedLog({ 'everyone.segment_max_bytes': 16_384 });
    const ids = Array.from({ length: 60 }, () => log.status('ada', 'everyone', 'x'.repeat(400)));
    log.tick();
    const { seen, shown, ops } = log.reader.segment(1)!;
    expect(seen).toBe(60);
    expect(shown).toBeLessThan(60);
    expect(ops.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(16_384);
    expect(ops.map(({ op }) => op.t === 'add' && op.id)).toEqual(ids.slice(0, shown));
  });

  it('never shows what was taken back before the segment was sealed', () => {
    const log = new ScriptedLog();
    const id = log.status('ada');
    log.retract(id, 'ada');
    log.tick();
    expect(log.reader.segment(1)!.ops.map(({ op }) => op.t)).toEqual(['tomb']);
  });
});
