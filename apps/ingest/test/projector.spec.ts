import { connectBus, ensureStreams, type Bus } from '@groundswell/bus';
import { EVENTS } from '@groundswell/contracts';
import { createLog } from '@groundswell/runtime';
import { PARTITIONS } from '@groundswell/store';
import { eventually, useNats } from '@groundswell/testing';
import { Projector, type Projection } from '../src/project/projector.js';

describe('Projector', () => {
  const nats = useNats();
  let bus: Bus;
  beforeAll(async () => {
    bus = await connectBus({ servers: nats.url, name: 'spec' });
    await ensureStreams(bus, [EVENTS]);
  });
  afterAll(() => bus.close());

  /** A view whose checkpoints are read when the spec says so. */
  function heldView() {
    const asked: (() => void)[] = [];
    const projection: Projection = {
      log: 'EVENTS',
      filter: '>',
      opsOf: () => [],
      apply: () => Promise.resolve([]),
      checkpoints: () => new Promise((resolve) => asked.push(() => resolve(Array(PARTITIONS).fill(undefined)))),
    };
    return { projection, asked };
  }

  it('stops at any moment, also when reading is about to start', async () => {
    const { projection, asked } = heldView();
    const projector = new Projector({ bus, projection, log: createLog('spec', 'silent') });
    projector.start();
    await eventually(() => asked.length === 1);
    const stopping = projector.stop();
    asked[0]!();
    expect(await stopping).toBeUndefined();
  });
});
