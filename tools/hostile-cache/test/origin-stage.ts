import { useNats, useRedis, type TestServer } from '@groundswell/testing';
import { Origin } from './origin.js';
import { Scene } from './scene.js';

export interface Stage {
  readonly origin: Origin;
  readonly nats: TestServer;
  /** An event of its own, in which nothing but this was said. */
  scene(opening?: { says: readonly string[] }): Promise<Scene>;
}

/** Fan-out on servers of its own from `beforeAll` to `afterAll`. */
export function originStage(name: string): Stage {
  const open: Scene[] = [];
  let origin: Origin | undefined;
  let scenes = 0;
  // Hooks run in the order in which they stand here: the servers end last.
  afterAll(async () => {
    for (const scene of open) await scene.close();
    await origin?.stop();
  });
  const nats = useNats();
  const redis = useRedis();
  beforeAll(async () => {
    origin = await Origin.start(nats, redis);
  }, 30_000);
  return {
    nats,
    get origin() {
      return origin!;
    },
    async scene({ says } = { says: ['one'] }) {
      const scene = await Scene.open(origin!, `${name}-${++scenes}`);
      open.push(scene);
      await scene.says(...says);
      return scene;
    },
  };
}
