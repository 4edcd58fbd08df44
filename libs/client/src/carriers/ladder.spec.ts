import { Ladder } from './ladder.js';

function fallen(random = () => 0): Ladder {
  const ladder = new Ladder({ shown: true, random });
  ladder.receive({ t: 'socketFailed', silent: true });
  return ladder;
}

const BOTH_ON = [
  { t: 'poll', on: true },
  { t: 'stream', on: true },
];
const ALL_OFF = [
  { t: 'poll', on: false },
  { t: 'stream', on: false },
  { t: 'climbIn', ms: undefined },
];

describe('Ladder', () => {
  it('goes down when the socket failed three times in a row', () => {
    const ladder = new Ladder({ shown: true, random: () => 0 });
    expect(ladder.receive({ t: 'socketFailed', silent: false })).toEqual([]);
    expect(ladder.receive({ t: 'socketFailed', silent: false })).toEqual([]);
    ladder.receive({ t: 'socketProved' });
    ladder.receive({ t: 'socketFailed', silent: false });
    ladder.receive({ t: 'socketFailed', silent: false });
    expect(ladder.rung).toEqual({ t: 'socket' });
    expect(ladder.receive({ t: 'socketFailed', silent: false })).toEqual(BOTH_ON);
  });

  it('goes down at once when the socket was silent', () => {
    const ladder = new Ladder({ shown: true, random: () => 0 });
    expect(ladder.receive({ t: 'socketFailed', silent: true })).toEqual(BOTH_ON);
  });

  it('only polls when the server asks for it, until the socket has proved itself again', () => {
    const ladder = new Ladder({ shown: true, random: () => 0 });
    expect(ladder.receive({ t: 'sentToPoll' })).toEqual([{ t: 'poll', on: true }]);
    expect(ladder.receive({ t: 'sentToPoll' })).toEqual([]);
    expect(ladder.receive({ t: 'socketProved' })).toEqual(ALL_OFF);
  });

  it('polls until the stream has proved itself', () => {
    const ladder = fallen();
    expect(ladder.receive({ t: 'streamProved' })).toEqual([{ t: 'poll', on: false }]);
    expect(ladder.rung).toEqual({ t: 'stream', attempt: 0 });
    expect(ladder.receive({ t: 'streamEnded' })).toEqual([
      { t: 'poll', on: true },
      { t: 'climbIn', ms: 2_500 },
    ]);
  });

  it('goes on polling beside the stream when Friends is polled', () => {
    const ladder = new Ladder({ shown: true, pollsFriends: true, random: () => 0 });
    ladder.receive({ t: 'socketFailed', silent: true });
    expect(ladder.receive({ t: 'streamProved' })).toEqual([]);
    expect(ladder.rung).toEqual({ t: 'stream', attempt: 0 });
    expect(ladder.receive({ t: 'socketProved' })).toEqual(ALL_OFF);
  });

  it('tries the stream again with a growing wait', () => {
    const ladder = fallen();
    const waits = Array.from({ length: 8 }, () => {
      const [effect] = ladder.receive({ t: 'streamEnded' });
      ladder.receive({ t: 'climb' });
      return effect;
    });
    expect(waits).toEqual(
      [2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 150_000, 150_000].map((ms) => ({ t: 'climbIn', ms })),
    );
  });

  it('S1: a stream that said bye is followed by another soon', () => {
    const ladder = fallen();
    ladder.receive({ t: 'streamProved' });
    expect(ladder.receive({ t: 'streamEnded', bye: { afterMs: 0 } })).toContainEqual({ t: 'climbIn', ms: 500 });
    expect(ladder.receive({ t: 'climb' })).toEqual([{ t: 'stream', on: true }]);
  });

  it('goes up again when the socket has brought something', () => {
    const ladder = fallen();
    expect(ladder.receive({ t: 'socketProved' })).toEqual(ALL_OFF);
    expect(ladder.receive({ t: 'streamEnded' })).toEqual([]);
  });

  it('uses nothing but the socket while Everyone is not on screen', () => {
    const ladder = fallen();
    expect(ladder.receive({ t: 'shown', shown: false })).toEqual(ALL_OFF);
    expect(ladder.receive({ t: 'socketFailed', silent: true })).toEqual([]);
    expect(ladder.receive({ t: 'shown', shown: true })).toEqual(BOTH_ON);
  });

  it('a stop ends everything and forgets', () => {
    const ladder = fallen();
    expect(ladder.receive({ t: 'stop' })).toEqual(ALL_OFF);
    expect(ladder.receive({ t: 'socketFailed', silent: false })).toEqual([]);
  });
});
