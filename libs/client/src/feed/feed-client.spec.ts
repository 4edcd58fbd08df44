import { SUBPROTOCOL } from '@groundswell/protocol';
import { ManualTimers, microtasks } from '../../test/manual-timers.js';
import { MemoryNetwork } from '../../test/memory-network.js';
import { EPOCH, everyoneSnap, segment, welcome } from '../../test/model-ops.js';
import type { FeedEvent } from '../engine/states.js';
import { FeedClient } from './feed-client.js';
import type { FeedOptions } from './feed-client.js';

function rig(options: Partial<FeedOptions> = {}) {
  const network = new MemoryNetwork();
  const timers = new ManualTimers();
  const client = new FeedClient({
    url: 'ws://host/v1/socket',
    event: 'final',
    WebSocket: network.WebSocket,
    timers,
    random: () => 0,
    ...options,
  });
  const events: FeedEvent[] = [];
  client.on((event) => events.push(event));
  return { network, timers, client, events };
}

describe('FeedClient', () => {
  it('connects with the subprotocol and greets', async () => {
    const { network, client } = rig({ token: () => Promise.resolve('jwt') });
    client.start();
    await microtasks();
    network.last.accept();
    expect(network.last).toMatchObject({ url: 'ws://host/v1/socket', protocols: [SUBPROTOCOL] });
    expect(network.last.sent).toEqual([{ t: 'hello', event: 'final', token: 'jwt', everyone: null, friends: null }]);
  });

  it('W2: asks for a new token and resumes by cursor after a drop', async () => {
    let asked = 0;
    const { network, timers, client } = rig({ token: () => `jwt-${++asked}` });
    client.start();
    await microtasks();
    network.last.accept();
    network.last.push(welcome(), everyoneSnap(3), segment(4));
    network.last.flush();
    network.last.drop();
    timers.advance(500);
    await microtasks();
    network.last.accept();
    expect(network.links).toHaveLength(2);
    expect(network.last.sent).toMatchObject([{ token: 'jwt-2', everyone: { epoch: EPOCH, n: 4 } }]);
  });

  it('a token that cannot be had is tried again later', async () => {
    const { network, timers, client } = rig({ token: () => Promise.reject(new Error('offline')) });
    client.start();
    await microtasks();
    expect([network.links.length, client.state.t]).toEqual([0, 'waiting']);
    timers.advance(500);
    expect(client.state.t).toBe('connecting');
  });

  it('hears nothing of a socket that it has given up', async () => {
    const { network, timers, client, events } = rig();
    client.start();
    await microtasks();
    const old = network.last;
    timers.advance(10_000);
    expect(old.closedByClient).toBe(1000);
    const told = events.length;
    old.accept();
    old.drop(4401);
    expect([events.length, client.state.t, old.sent]).toEqual([told, 'waiting', []]);
  });

  it('stop during the wait for a token opens no socket and leaves no timer', async () => {
    const { network, timers, client } = rig({ token: () => Promise.resolve('jwt') });
    client.start();
    client.stop();
    await microtasks();
    expect([network.links.length, timers.pending, client.state.t]).toEqual([0, 0, 'stopped']);
  });

  it('a listener may stop the client', async () => {
    const { network, timers, client } = rig();
    client.on((event) => {
      if (event.t === 'welcome') client.stop();
    });
    client.start();
    await microtasks();
    network.last.accept();
    network.last.push(welcome());
    network.last.flush();
    expect([timers.pending, network.last.isOpen]).toEqual([0, false]);
  });

  it('hands over a renewed token, the tab shown, and signs of life', async () => {
    const { network, client } = rig({ token: () => 'jwt' });
    client.start();
    await microtasks();
    network.last.accept();
    network.last.push(welcome());
    network.last.flush();
    await client.renew();
    client.show('friends');
    client.visible(true);
    client.online(true);
    expect(network.last.sent.slice(1)).toEqual([
      { t: 'auth', token: 'jwt' },
      { t: 'show', tab: 'friends' },
      { t: 'ping' },
    ]);
  });

  it('says what the address of a socket looks like', () => {
    expect(() => new FeedClient({ url: 'http://host', event: 'final' })).toThrow('It starts with ws:// or wss://.');
  });
});
