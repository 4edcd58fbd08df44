import { SlotClock } from './slot-clock.js';

function rig() {
  const clock = { at: 0, jump: 0, wall: () => 5_000 + clock.at + clock.jump, monotonic: () => clock.at };
  return { clock, slots: new SlotClock(clock) };
}

describe('SlotClock', () => {
  it('H1: asks for the time at the start and after a jump of the wall clock', () => {
    const { clock, slots } = rig();
    expect(slots.unsure).toBe(true);
    slots.correct(100_000, slots.read());
    clock.at += 3_600_000;
    expect(slots.unsure).toBe(false);
    clock.jump = -1_800_000;
    expect(slots.unsure).toBe(true);
    slots.correct(200_000, slots.read());
    expect(slots.unsure).toBe(false);
  });

  it('H1: refuses the time of a server when nobody knows how old it is', () => {
    const { clock, slots } = rig();
    const before = slots.read();
    clock.jump = 28_800_000;
    expect([slots.correct(100_000, before), slots.unsure]).toEqual([false, true]);
    const asked = slots.read();
    clock.at += 3_600_000;
    expect([slots.correct(100_000, asked), slots.unsure]).toEqual([false, true]);
    expect([slots.correct(100_000, slots.read()), slots.unsure]).toEqual([true, false]);
  });

  it('H1: gives a slot out once', () => {
    const { clock, slots } = rig();
    slots.correct(100_400, slots.read());
    expect(slots.take(1_000)).toEqual({ t: 'slot', slot: 100 });
    expect(slots.take(1_000)).toEqual({ t: 'wait', ms: 600 });
    clock.at += 600;
    expect(slots.take(1_000)).toEqual({ t: 'slot', slot: 101 });
  });

  it('a slot of another length is another address', () => {
    const { slots } = rig();
    slots.correct(100_400, slots.read());
    slots.take(1_000);
    expect(slots.take(2_000)).toEqual({ t: 'slot', slot: 50 });
  });

  it('does not wait for hours when the clock was far ahead', () => {
    const { slots } = rig();
    slots.correct(9_000_000, slots.read());
    slots.take(1_000);
    slots.correct(100_000, slots.read());
    expect(slots.take(1_000)).toEqual({ t: 'slot', slot: 100 });
  });

  it('has no slot before it was set', () => {
    expect(() => rig().slots.take(1_000)).toThrow('before it was set');
  });
});
