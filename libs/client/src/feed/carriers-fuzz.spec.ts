import fc from 'fast-check';
import { CarrierRig } from '../../test/carrier-rig.js';

/** What can happen to a log with three ways to it. */
type Step =
  | { t: 'tick' | 'flush' | 'dropSocket' | 'endStream' | 'loseStreamed' | 'loseSocketed' | 'hide' | 'show' }
  | { t: 'socket' | 'stream' | 'pages'; works: boolean }
  | { t: 'time'; by: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Step>({ t: 'tick' }) },
  { weight: 8, arbitrary: fc.constant<Step>({ t: 'flush' }) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 12_000 }).map<Step>((by) => ({ t: 'time', by })) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('socket' as const, 'stream' as const, 'pages' as const), fc.boolean())
      .map<Step>(([t, works]) => ({ t, works })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('dropSocket', 'endStream', 'loseStreamed', 'loseSocketed', 'hide', 'show')
      .map<Step>((t) => ({ t }) as Step),
  },
);

async function perform(rig: CarrierRig, page: { visible: boolean }, next: Step): Promise<void> {
  const link = rig.network.links.at(-1);
  if (next.t === 'tick') rig.tick();
  if (next.t === 'flush') rig.flush();
  if (next.t === 'time') await rig.pass(next.by);
  if (next.t === 'socket') rig.socketBlocked = !next.works;
  if (next.t === 'stream') rig.streams.status = next.works ? 200 : 0;
  if (next.t === 'pages') rig.pages.refuse = next.works ? undefined : { match: /\d$/, status: 503 };
  if (next.t === 'dropSocket') link?.drop();
  if (next.t === 'endStream') rig.streams.last?.end();
  if (next.t === 'loseStreamed') rig.streams.last?.lose();
  if (next.t === 'loseSocketed') link?.lose('seg');
  if (next.t === 'hide') rig.client.visible((page.visible = !page.visible));
  if (next.t === 'show') {
    rig.client.show('friends');
    rig.client.show('everyone');
  }
  await rig.exchange();
}

/** Lets the ways that are left bring everything; the last ticks also prove that what is told goes on. */
async function settle(rig: CarrierRig): Promise<void> {
  rig.client.visible(true);
  for (let round = 0; round < 6; round++) {
    if (round < 3) rig.tick();
    rig.flush();
    await rig.pass(20_000);
    rig.flush();
    rig.server.mark();
    rig.flush();
    await rig.exchange();
  }
}

const LEFT = {
  all: { socketBlocked: false, status: 200, pages: undefined },
  'the socket': { socketBlocked: false, status: 503, pages: 503 },
  'the stream': { socketBlocked: true, status: 200, pages: 503 },
  polling: { socketBlocked: true, status: 0, pages: undefined },
} as const;

const randomly = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

describe('FeedClient with a fallback, fuzzed', () => {
  it.each(Object.entries(LEFT))(
    'N2, H3: through any moves and losses, each op is told exactly once and in order (left in the end: %s)',
    async (_, left) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), randomly, async (steps, random) => {
          const rig = new CarrierRig({ random: () => Number(random.next().value) });
          rig.client.start();
          const page = { visible: true };
          for (const next of steps) await perform(rig, page, next);
          rig.socketBlocked = left.socketBlocked;
          rig.streams.status = left.status;
          rig.pages.refuse = left.pages && { match: /\d$/, status: left.pages };
          await settle(rig);
          expect(rig.told).toEqual(rig.server.everyoneIds.toReversed());
          expect(rig.timeline.duplicates).toBe(0);
          expect(rig.events.filter(({ t }) => t === 'skip' || t === 'reset')).toEqual([]);
          // Each way may begin with a snapshot while nothing is held; after that, nothing hides behind one.
          expect(rig.events.filter(({ t }) => t === 'snap').length).toBeLessThanOrEqual(3);
          rig.client.stop();
          expect(rig.timers.pending).toBe(0);
        }),
        { numRuns: 60 },
      );
    },
  );
});
