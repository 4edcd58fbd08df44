import fc from 'fast-check';
import { ManualTimers, microtasks } from '../../test/manual-timers.js';
import { MemoryNetwork } from '../../test/memory-network.js';
import { itemId } from '../../test/model-ops.js';
import { ModelServer } from '../../test/model-server.js';
import { Timeline } from '../timeline/timeline.js';
import { FeedClient } from './feed-client.js';

/** What can happen between a server, a network and a client. */
type Step =
  | { t: 'tick' | 'serve' | 'drop' | 'mark' | 'hide' | 'lose' | 'loseItem' }
  | { t: 'post' | 'repeat' | 'stale' | 'flush' | 'time'; by: number };

const happens = (t: 'tick' | 'serve' | 'drop' | 'mark' | 'hide' | 'lose' | 'loseItem', weight: number) => ({
  weight,
  arbitrary: fc.constant<Step>({ t }),
});
const happensBy = (t: 'post' | 'repeat' | 'stale' | 'flush' | 'time', min: number, max: number, weight: number) => ({
  weight,
  arbitrary: fc.integer({ min, max }).map<Step>((by) => ({ t, by })),
});

const honest = [
  happens('tick', 6),
  happens('serve', 4),
  happens('drop', 2),
  happens('mark', 1),
  happens('hide', 1),
  happensBy('post', 1, 9, 6),
  happensBy('repeat', 0, 3, 2),
  happensBy('stale', 0, 40, 1),
  happensBy('flush', 1, 6, 8),
  happensBy('time', 1, 25_000, 4),
];

class Rig {
  readonly network = new MemoryNetwork();
  readonly timers = new ManualTimers();
  readonly server = new ModelServer(this.network);
  readonly everyone = new Timeline('everyone', { maxItems: 1_000 });
  readonly friends = new Timeline('friends', { maxItems: 1_000 });
  readonly client: FeedClient;
  /** What was applied, snapshots as their content: each id as often as it was told. */
  readonly told: { everyone: string[]; friends: string[] } = { everyone: [], friends: [] };
  #hidden = false;

  constructor(random: () => number) {
    this.client = new FeedClient({
      url: 'ws://model/v1/socket',
      event: 'final',
      token: () => 'jwt',
      WebSocket: this.network.WebSocket,
      timers: this.timers,
      random,
    });
    this.client.on((event) => {
      this.everyone.take(event);
      this.friends.take(event);
      if (event.t === 'snap') this.told[event.frame.tab] = event.frame.stories.map(({ add }) => add.id).toReversed();
      if (event.t === 'seg') this.told.everyone.push(...event.frame.ops.flatMap((op) => ('id' in op ? [op.id] : [])));
      if (event.t === 'item' && 'id' in event.frame.op) this.told.friends.push(event.frame.op.id);
    });
  }

  async perform(step: Step): Promise<void> {
    const link = this.network.links.at(-1);
    if (step.t === 'tick') this.server.tick();
    if (step.t === 'post') this.server.post(step.by);
    if (step.t === 'repeat') this.server.repeat(step.by);
    if (step.t === 'stale') this.server.stale(step.by);
    if (step.t === 'mark') this.server.mark();
    if (step.t === 'serve') this.server.serve();
    if (step.t === 'drop') link?.drop();
    if (step.t === 'lose') link?.lose();
    if (step.t === 'loseItem') link?.lose('item');
    if (step.t === 'flush') link?.flush(step.by);
    if (step.t === 'time') this.timers.advance(step.by);
    if (step.t === 'hide') this.client.visible((this.#hidden = !this.#hidden));
    await microtasks();
  }

  /** Lets everything arrive: connects where needed, then exchanges marks until both sides agree. */
  async settle(): Promise<void> {
    for (let round = 0; round < 12; round++) {
      if (this.client.state.t !== 'live') await this.perform({ t: 'time', by: 20_000 });
      await this.perform({ t: 'serve' });
      await this.perform({ t: 'flush', by: 10_000 });
      await this.perform({ t: 'mark' });
      await this.perform({ t: 'flush', by: 10_000 });
    }
  }
}

const randomly = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

async function play(steps: Step[], random: Iterator<number>): Promise<Rig> {
  const rig = new Rig(() => Number(random.next().value));
  rig.client.start();
  await microtasks();
  for (const step of steps) await rig.perform(step);
  await rig.settle();
  return rig;
}

describe('FeedClient, fuzzed', () => {
  it('W2, N2, H3: whatever drops, repeats and stale frames come, each op is told exactly once and in order', async () => {
    const steps = fc.array(fc.oneof(...honest), { maxLength: 120, size: 'max' });
    await fc.assert(
      fc.asyncProperty(steps, randomly, async (list, random) => {
        const { told, server, everyone, friends, client } = await play(list, random);
        expect(client.state.t).toBe('live');
        expect(told.everyone).toEqual(server.everyoneIds.toReversed());
        expect(told.friends).toEqual(server.seqs.map(itemId));
        expect([everyone.duplicates, friends.duplicates]).toEqual([0, 0]);
        expect([client.stats.gaps, client.stats.faults]).toEqual([0, 0]);
      }),
      { numRuns: 150 },
    );
  });

  it('W3, H3: whatever is lost on the way, Everyone ends as the log says', async () => {
    const steps = fc.array(fc.oneof(...honest, happens('lose', 4)), { maxLength: 80, size: 'max' });
    await fc.assert(
      fc.asyncProperty(steps, randomly, async (list, random) => {
        const { everyone, server, client } = await play(list, random);
        expect(client.state.t).toBe('live');
        expect(everyone.entries().map(({ id }) => id)).toEqual(server.everyoneIds);
      }),
      { numRuns: 150 },
    );
  });

  it('W3: the mark of a socket that lost Friends items brings them back', async () => {
    const oneSocket = [
      happens('tick', 2),
      happens('serve', 3),
      happens('mark', 1),
      happens('loseItem', 3),
      happensBy('post', 1, 9, 6),
      happensBy('repeat', 0, 3, 2),
      happensBy('flush', 1, 6, 6),
    ];
    const steps = fc.array(fc.oneof(...oneSocket), { maxLength: 80, size: 'max' });
    await fc.assert(
      fc.asyncProperty(steps, randomly, async (list, random) => {
        const { friends, server, client } = await play(list, random);
        expect(client.state.t).toBe('live');
        expect(friends.entries().map(({ id }) => id)).toEqual(server.friendsIds);
      }),
      { numRuns: 150 },
    );
  });
});
