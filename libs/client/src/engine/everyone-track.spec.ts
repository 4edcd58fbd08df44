import { EPOCH, everyoneMark, everyoneSnap, segment } from '../../test/model-ops.js';
import { EveryoneTrack } from './everyone-track.js';

describe('EveryoneTrack', () => {
  it('H3: takes the next segment and moves the cursor to it', () => {
    const track = new EveryoneTrack({ epoch: EPOCH, n: 4 });
    expect(track.segment(segment(5))).toBe('apply');
    expect(track.cursor).toEqual({ epoch: EPOCH, n: 5 });
  });

  it('N2: ignores a segment of an older position or epoch whole', () => {
    const track = new EveryoneTrack({ epoch: EPOCH, n: 4 });
    expect(track.segment(segment(4))).toBe('stale');
    expect(track.segment(segment(9, EPOCH - 1))).toBe('stale');
    expect(track.cursor).toEqual({ epoch: EPOCH, n: 4 });
  });

  it('H3: a segment beyond the next one, or of a newer epoch, is a fault and moves nothing', () => {
    const track = new EveryoneTrack({ epoch: EPOCH, n: 4 });
    expect(track.segment(segment(6))).toBe('fault');
    expect(track.segment(segment(1, EPOCH + 1))).toBe('fault');
    expect(track.cursor).toEqual({ epoch: EPOCH, n: 4 });
  });

  it('H3: a snapshot is followed by the segment after it', () => {
    const track = new EveryoneTrack(null);
    expect(track.segment(segment(1))).toBe('fault');
    expect(track.snap(everyoneSnap(12))).toBe('apply');
    expect(track.segment(segment(13))).toBe('apply');
  });

  it('N2: ignores an older snapshot, of the same epoch or another, also after a reset', () => {
    const track = new EveryoneTrack({ epoch: EPOCH, n: 4 });
    expect(track.snap(everyoneSnap(3))).toBe('stale');
    track.reset();
    expect(track.snap(everyoneSnap(900, [], EPOCH - 1))).toBe('stale');
    expect(track.snap(everyoneSnap(1, [], EPOCH + 1))).toBe('apply');
  });

  it('W3: a mark is good when count and position agree with what came', () => {
    const track = new EveryoneTrack({ epoch: EPOCH, n: 4 });
    track.segment(segment(5));
    track.segment(segment(5));
    expect(track.mark(everyoneMark(5, 2))).toBe('apply');
    expect(track.mark(everyoneMark(5, 3))).toBe('gap');
    expect(track.mark(everyoneMark(6, 2))).toBe('gap');
    expect(track.mark(everyoneMark(5, 2, EPOCH - 1))).toBe('stale');
  });
});
