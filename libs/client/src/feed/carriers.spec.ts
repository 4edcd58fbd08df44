import { CarrierRig } from '../../test/carrier-rig.js';
import { EPOCH } from '../../test/model-ops.js';

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

  it.each([503, 200])(
    'F1: polls Friends while the socket is blocked, whichever tab is shown (stream: %i)',
    async (status) => {
      const rig = new CarrierRig({ token: 'vera' });
      rig.socketBlocked = true;
      rig.streams.status = status;
      rig.pages.friends.push(7);
      rig.client.start();
      await rig.pass(3_000);
      expect(rig.client.cursors.friends).toEqual({ epoch: EPOCH, seq: 7 });
      rig.client.show('friends');
      rig.pages.friends.push(12, 15);
      rig.tick();
      rig.flush();
      await rig.pass(8_000);
      const items = rig.events.flatMap((event) => (event.t === 'item' ? event.frame.seq : []));
      expect([items, rig.client.cursors.friends]).toEqual([[12, 15], { epoch: EPOCH, seq: 15 }]);
      expect(rig.client.stats.faults).toBe(0);
      rig.client.stop();
      expect(rig.timers.pending).toBe(0);
    },
  );

  it('W9: who is hidden is so whatever carries the feed, and at once when the viewer says so', async () => {
    const rig = new CarrierRig({ token: 'vera' });
    const hidden = () => rig.events.flatMap((event) => (event.t === 'hide' ? [event.frame.authors] : []));
    rig.socketBlocked = true;
    rig.streams.status = 503;
    rig.pages.head = { fullPollEvery: 1 };
    rig.pages.hidden = ['mallory'];
    rig.client.start();
    await rig.pass(3_000);
    expect(hidden()).toEqual([['mallory']]);
    rig.client.hide('eve');
    rig.client.hide('eve');
    expect(hidden()).toEqual([['mallory'], ['eve', 'mallory']]);
    rig.pages.hidden = ['eve', 'mallory'];
    await rig.pass(6_000);
    expect(hidden().slice(2)).toEqual([['eve', 'mallory']]);
    rig.socketBlocked = false;
    await rig.pass(20_000);
    rig.network.last.push({ t: 'hide', authors: [] });
    rig.flush();
    expect(hidden().at(-1)).toEqual([]);
    // The pages' list is what it was, but not what is in force any more.
    rig.network.last.drop();
    rig.socketBlocked = true;
    await rig.pass(60_000);
    expect(hidden().at(-1)).toEqual(['eve', 'mallory']);
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
