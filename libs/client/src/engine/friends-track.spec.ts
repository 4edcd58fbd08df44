import { EPOCH, friendsMark, friendsSnap, item } from '../../test/model-ops.js';
import { FriendsTrack } from './friends-track.js';

describe('FriendsTrack', () => {
  it('N1: takes items in ascending order and moves the cursor to each', () => {
    const track = new FriendsTrack({ epoch: EPOCH, seq: 10 });
    expect([item(12), item(40)].map((frame) => track.item(frame))).toEqual(['apply', 'apply']);
    expect(track.cursor).toEqual({ epoch: EPOCH, seq: 40 });
  });

  it('N2: ignores an item at or below the cursor, but counts it as received', () => {
    const track = new FriendsTrack({ epoch: EPOCH, seq: 10 });
    expect(track.item(item(10))).toBe('stale');
    expect(track.item(item(3))).toBe('stale');
    expect(track.received).toBe(2);
  });

  it('N3: an item that follows a cursor of an epoch before the server’s is a fault', () => {
    const track = new FriendsTrack({ epoch: EPOCH, seq: 10 });
    track.welcomed(EPOCH + 1);
    expect(track.item(item(11))).toBe('fault');
  });

  it('W2: an item before any snapshot or cursor is a fault', () => {
    expect(new FriendsTrack(null).item(item(1))).toBe('fault');
  });

  it('W3: a mark moves the cursor of a quiet viewer to the position examined', () => {
    const track = new FriendsTrack({ epoch: EPOCH, seq: 10 });
    expect(track.mark(friendsMark(500, 0))).toBe('apply');
    expect(track.cursor).toEqual({ epoch: EPOCH, seq: 500 });
  });

  it('W3: a count that differs from what came is a gap', () => {
    const track = new FriendsTrack({ epoch: EPOCH, seq: 10 });
    track.item(item(11));
    expect(track.mark(friendsMark(11, 2))).toBe('gap');
    track.welcomed(EPOCH);
    expect(track.mark(friendsMark(11, 0))).toBe('apply');
  });

  it('N2: an older mark or snapshot is ignored; a newer epoch needs a reset or a snapshot first', () => {
    const track = new FriendsTrack({ epoch: EPOCH, seq: 10 });
    expect(track.mark(friendsMark(9, 0))).toBe('stale');
    expect(track.mark(friendsMark(99, 0, EPOCH - 1))).toBe('stale');
    expect(track.mark(friendsMark(99, 0, EPOCH + 1))).toBe('fault');
    expect(track.snap(friendsSnap(9))).toBe('stale');
    expect(track.snap(friendsSnap(1, [], EPOCH + 1))).toBe('apply');
  });
});
