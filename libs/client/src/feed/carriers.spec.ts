import { CarrierRig } from '../../test/carrier-rig.js';

async function blocked(streamStatus = 503): Promise<CarrierRig> {
  const rig = new CarrierRig();
  rig.socketBlocked = true;
  rig.streams.status = streamStatus;
  rig.tick();
  rig.client.start();
  await rig.pass(3_000);
  return rig;
}

describe('FeedClient with a fallback', () => {
  it('polls when neither socket nor stream can be opened', async () => {
    const rig = await blocked();
    rig.tick();
    await rig.pass(6_000);
    expect(rig.client.carrier).toBe('poll');
    expect(rig.told).toEqual(rig.server.everyoneIds.toReversed());
    rig.client.stop();
    expect([rig.timers.pending, rig.client.carrier]).toEqual([0, 'socket']);
  });

  it('S1: the stream takes over from polling once it has brought something, at the same cursor', async () => {
    const rig = await blocked(200);
    rig.tick();
    rig.flush();
    await rig.pass(0);
    expect(rig.client.carrier).toBe('stream');
    rig.pages.taken();
    rig.tick();
    rig.flush();
    await rig.pass(8_000);
    expect([rig.told.length, rig.pages.taken()]).toEqual([3, []]);
  });

  it('polls again when the stream is silent, and tries it again later from the cursor', async () => {
    const rig = await blocked(200);
    rig.flush();
    await rig.pass(36_000);
    expect(rig.carriers).toEqual(['poll', 'stream', 'poll']);
    rig.tick();
    await rig.pass(10_000);
    expect(rig.streams.opened.map(({ after }) => after)).toEqual([null, expect.stringMatching(/^7\./)]);
    expect(rig.told).toHaveLength(2);
  });

  it('W2: goes up when the socket has brought something, not when it was welcomed', async () => {
    const rig = await blocked();
    rig.socketBlocked = false;
    await rig.pass(20_000);
    rig.flush();
    expect([rig.client.state.t, rig.client.carrier]).toEqual(['live', 'poll']);
    rig.tick();
    rig.flush();
    await rig.pass(6_000);
    expect(rig.client.carrier).toBe('socket');
    expect(rig.told).toEqual(rig.server.everyoneIds.toReversed());
    expect(rig.timeline.duplicates).toBe(0);
  });

  it('a socket that opens and stays silent is blocked, too', async () => {
    const rig = new CarrierRig();
    rig.streams.status = 0;
    rig.tick();
    rig.client.start();
    await rig.pass(11_000);
    expect([rig.client.carrier, rig.told.length]).toEqual(['poll', 1]);
  });

  it('uses nothing but the socket while Friends is on screen', async () => {
    const rig = await blocked();
    rig.client.show('friends');
    rig.pages.taken();
    await rig.pass(30_000);
    expect([rig.client.carrier, rig.pages.taken()]).toEqual(['socket', []]);
    rig.tick();
    rig.client.show('everyone');
    await rig.pass(0);
    expect(rig.told).toHaveLength(2);
  });

  it('H6: takedowns of the head reach the timeline', async () => {
    const rig = await blocked();
    const [id] = rig.told;
    expect(rig.timeline.has(id!)).toBe(true);
    rig.pages.head = { tombs: [id!] };
    await rig.pass(6_000);
    expect(rig.timeline.has(id!)).toBe(false);
  });

  it('a stream that lost a segment starts again from the cursor', async () => {
    const rig = await blocked(200);
    rig.flush();
    await rig.pass(0);
    rig.tick();
    rig.tick();
    rig.streams.last?.lose();
    rig.flush();
    await rig.pass(6_000);
    expect(rig.client.stats.faults).toBe(1);
    expect(rig.told).toEqual(rig.server.everyoneIds.toReversed());
  });
});
