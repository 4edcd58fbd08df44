import { makeDue, overdue, OWN_NETWORK, type Store } from '@groundswell/store';
import { cpuSeconds } from '../machine/process-figures.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Started } from '../stack/launcher.js';

const DUTY = { check: OWN_NETWORK };
/** A lease, and some more: who is due later has been looked at. */
const LOOKED_MS = 20 * 60_000;
const PATIENCE_MS = 120_000;
const LOOK_MS = 20;
const COUNTED_MS = 2_000;

/** What a process of the notifier tells of itself. */
interface Told {
  store: { commands: number; flights: number };
  bus: { flights: number; messages: number };
  providers: { name: string; watchers: number; notices: number; calls: number }[];
}

export interface Round {
  seconds: number;
  cpuSeconds: number;
  flights: number;
  commands: number;
  /** Requests to the provider. */
  calls: number;
  notices: number;
}

/** Makes watchers due and waits until a process has looked at all of them. */
export async function round(cron: Started, store: Store, watchers: readonly string[]): Promise<Round> {
  const before = await told(cron);
  const cpu = cpuSeconds(cron.pid);
  const started = performance.now();
  await makeDue(store, DUTY, watchers, Date.now());
  for (;;) {
    const { count } = await overdue(store, DUTY, Date.now() + LOOKED_MS);
    if (count === 0) break;
    if (performance.now() - started > PATIENCE_MS)
      throw new MeasurementInvalid(`${count} watchers were not looked at within ${PATIENCE_MS / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const seconds = (performance.now() - started) / 1000;
  const own = (one: Told) => one.providers.find(({ name }) => name === OWN_NETWORK)!;
  const cpuAfter = cpuSeconds(cron.pid);
  let after = await told(cron);
  const looked = (): number => own(after).watchers - own(before).watchers;
  // What is written is counted a moment later.
  for (const end = performance.now() + COUNTED_MS; looked() < watchers.length && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    after = await told(cron);
  }
  if (looked() !== watchers.length)
    throw new MeasurementInvalid(`${looked()} looks at ${watchers.length} watchers: each was to be looked at once.`);
  return {
    seconds,
    cpuSeconds: cpuAfter - cpu,
    flights: after.store.flights - before.store.flights + after.bus.flights - before.bus.flights,
    commands: after.store.commands - before.store.commands + after.bus.messages - before.bus.messages,
    calls: own(after).calls - own(before).calls,
    notices: own(after).notices - own(before).notices,
  };
}

async function told({ port }: Started): Promise<Told> {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`);
  return (await answer.json()) as Told;
}
