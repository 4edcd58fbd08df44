import { publisher, type Bus } from '@groundswell/bus';
import { envelope, subjects } from '@groundswell/contracts';
import { commitPairs, OWN_NETWORK, readPairs, readRelationships, type Store } from '@groundswell/store';

export interface NaiveRun {
  seconds: number;
  /** Waits for Redis and for NATS, and what was sent there. */
  flights: number;
  commands: number;
  /** Times that statuses were looked up. */
  lookups: number;
}

/** The walk that comes to mind first: one watcher after the other, one friend after the other, a task and a look for each. */
export async function naiveWalk(store: Store, bus: Bus, watchers: readonly string[]): Promise<NaiveRun> {
  const log = publisher(bus);
  const before = { ...store.usage };
  const started = performance.now();
  let tasks = 0;
  for (const watcher of watchers) {
    const [pairs] = await readPairs(store, OWN_NETWORK, [watcher]);
    for (const subject of pairs!.keys()) {
      const at = Date.now();
      const message = { watcher, subject };
      const id = `naive-${watcher}-${subject}-${at}`;
      await log.publish(envelope({ subject: subjects.notify('dead'), id, source: '/bench', at, message }));
      tasks++;
      const [now] = await readPairs(store, OWN_NETWORK, [watcher]);
      await readRelationships(store, [{ watcher, subject }]);
      const stands = now!.get(subject)!;
      const pair = { subject, before: stands, after: stands };
      await commitPairs(store, OWN_NETWORK, [{ watcher, pairs: [pair], leasedUntil: 0, nextAt: 0, lookedAt: 0 }]);
    }
  }
  const { flights, commands } = store.usage;
  return {
    seconds: (performance.now() - started) / 1000,
    flights: flights - before.flights + tasks,
    commands: commands - before.commands + tasks,
    lookups: tasks,
  };
}
