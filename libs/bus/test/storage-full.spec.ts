import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EVENTS } from '@groundswell/contracts';
import { useNats, useTempDir } from '@groundswell/testing';
import { consumeOrdered, ensureStreams, publisher, streamInfo, type Consumption } from '../src/index.js';
import { status, useBus } from './stack.js';

describe('a full store', () => {
  const dir = useTempDir();
  const config = { path: '' };
  beforeAll(async () => {
    config.path = join(dir.path, 'small.conf');
    await writeFile(config.path, 'jetstream { max_file_store: 1MB }\n');
  });
  const nats = useNats(() => ({ config: config.path }));
  const stack = useBus(nats);

  it('refuses writes by name, keeps what was acknowledged, and can be read', async () => {
    await ensureStreams(stack.bus, [EVENTS]);
    const to = publisher(stack.bus);
    let acknowledged = 0;
    let failure: unknown;
    for (let i = 0; i < 2_000 && !failure; i++) {
      try {
        await to.publish(status(`full${i}`, 'final', 'x'.repeat(2_000)));
        acknowledged++;
      } catch (error) {
        failure = error;
      }
    }
    expect(failure).toMatchObject({ name: 'StorageFull', code: 'storage_full' });
    expect((await streamInfo(stack.bus, 'EVENTS')).lastSeq).toBe(acknowledged);
    let read = 0;
    const reading = await new Promise<Consumption>((resolve, reject) => {
      const started = consumeOrdered({
        bus: stack.bus,
        stream: 'EVENTS',
        filter: '>',
        from: { seq: 1 },
        onMessages: (batch) => void (read += batch.length),
        onCaughtUp: () => void started.then(resolve, reject),
      });
      started.catch(reject);
    });
    await reading.stop();
    expect(read).toBe(acknowledged);
  });
});
