import { jest } from '@jest/globals';
import type { TickMessage } from '@groundswell/contracts';
import { eventually, useNats, useRedis } from '@groundswell/testing';
import { Harness } from './harness.js';
import { PlainSocket } from './plain-socket.js';

jest.setTimeout(60_000);

const nats = useNats();
const redis = useRedis();
let harness: Harness;

beforeAll(async () => {
  harness = await Harness.start(nats, redis);
});
afterAll(() => harness.stop());

const ticked = (event: string, fits: (tick: TickMessage) => boolean) =>
  eventually(async () => {
    const tick = await harness.newestTick(event);
    return tick !== undefined && fits(tick);
  });

describe('levers of the content', () => {
  it('reach all nodes through a tick, at once, and shape the same bytes on each', async () => {
    await harness.event('modes');
    const nodes = [await harness.node(), await harness.node()];
    const viewers = await Promise.all(
      nodes.map(({ port }) => PlainSocket.greet(port, { event: 'modes', everyone: null })),
    );
    await harness.status('modes', 'ada');
    await ticked('modes', ({ n }) => n === 1);
    await harness.turn('everyone.mode', 'paused');
    await ticked('modes', ({ levers }) => levers['everyone.mode'] === 'paused');
    const before = (await harness.newestTick('modes'))!.n;
    await harness.status('modes', 'ben');
    await ticked('modes', ({ n }) => n > before);
    await harness.turn('everyone.mode', 'top');
    await ticked('modes', ({ levers }) => levers['everyone.mode'] === 'top');
    await harness.status('modes', 'cleo');
    await eventually(() => viewers[0]!.all('seg').some(({ n, shown }) => n > before && shown === 1));
    const { n } = (await harness.newestTick('modes'))!;
    const texts = await Promise.all(
      viewers.map(async (viewer) => {
        await eventually(() => viewer.frames.some((frame) => frame.t === 'seg' && frame.n === n));
        return viewer.texts.filter((text) => text.startsWith('{"t":"seg"'));
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
    const segments = viewers[0]!.all('seg').filter((segment) => segment.n > before);
    const paused = segments.find(({ seen }) => seen > 0)!;
    expect(paused).toMatchObject({ seen: 1, shown: 0, ops: [] });
    const authors = segments.flatMap(({ ops }) => ops.flatMap((op) => (op.t === 'add' ? [op.author.id] : [])));
    expect(authors.toSorted()).toEqual(['cleo']);
    for (const viewer of viewers) viewer.end();
  });

  it('N3: the epoch lever sends every client away; it comes back to a snapshot', async () => {
    await harness.event('anew');
    const node = await harness.node();
    await harness.status('anew', 'ada');
    await ticked('anew', ({ n }) => n === 1);
    const viewer = await PlainSocket.greet(node.port, { event: 'anew', everyone: null });
    const { epoch } = await viewer.next('welcome');
    await harness.turn('everyone.epoch', 1);
    await eventually(() => viewer.closed !== undefined);
    const again = await PlainSocket.greet(node.port, { event: 'anew', everyone: { epoch, n: 1 } });
    expect(await again.next('welcome')).toMatchObject({ epoch: epoch + 1 });
    expect(await again.next('reset')).toMatchObject({ tab: 'everyone', reason: 'epoch' });
    expect(await again.next('snap')).toMatchObject({
      cursor: { epoch: epoch + 1 },
      stories: [{ add: { author: { id: 'ada' } } }],
    });
    const page = (n: number | string) =>
      fetch(`http://127.0.0.1:${node.port}/v1/events/anew/${epoch + 1}/segments/${n}`).then(({ status }) => status);
    expect([await page(1), await page(2)]).toEqual([410, 200]);
    again.end();
    const guess = await PlainSocket.greet(node.port, { event: 'anew', everyone: { epoch: epoch + 1, n: 0 } });
    expect(await guess.next('skip')).toMatchObject({ from: 0, to: 2 });
    guess.end();
  });
});
