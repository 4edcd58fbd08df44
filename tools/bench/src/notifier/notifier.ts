import { connectStore } from '@groundswell/store';
import { row, type Row } from '../report/row.js';
import { MeasurementInvalid } from '../measurement-invalid.js';
import type { Stack } from '../stack/stack.js';
import { memoryOfMembers } from './memory.js';
import { naiveWalk } from './naive.js';
import { round } from './ours.js';
import type { NotifierSizes } from './sizes.js';
import { EACH, Village } from './village.js';

export interface NotifierScene {
  stack: Stack;
  sizes: NotifierSizes;
  say: (line: string) => void;
}

/** So often those who are due are looked for; the last of them wait for one such time. */
const SLOT_MS = 1_000;

/** What it costs to look at those whom members watch, against the walk that comes to mind first, on the same servers. */
export async function notifier({ stack, sizes, say }: NotifierScene): Promise<Row[]> {
  const store = await connectStore({ url: stack.redisUrl });
  try {
    const watchers = Array.from({ length: Math.max(sizes.watchers, sizes.counted) }, (_, i) => `w${i}`);
    say(`${watchers.length} watchers of ${EACH} friends each`);
    const created = (await stack.social()).created;
    const village = new Village({
      store,
      created,
      append: () => stack.saySomething(),
      watchers,
      at: Date.now(),
      friends: true,
    });
    await village.settle();
    const settings = { SLOT_MS: String(SLOT_MS), LOOK_EVERY_MS: '100' };
    // One clump after the other: what two of them send at the same time would be counted as one wait.
    const single = await stack.app('cron', { ...settings, CLUMPS_AT_ONCE: '1' });

    const counted = watchers.slice(0, sizes.counted);
    // Somebody whom ten of the counted ones watch makes ten pairs.
    const middle = Math.floor(sizes.counted / 2);
    const changed = watchers.slice(middle, middle + sizes.changed / EACH);
    const expected = counted.reduce(
      (sum, _, i) => sum + village.watchedBy(i).filter((subject) => changed.includes(subject)).length,
      0,
    );
    say(`${counted.length} watchers, ${expected} of their pairs changed`);
    await village.change(changed);
    const flights = await round(single, store, counted);
    await single.stop();
    if (flights.notices !== expected)
      throw new MeasurementInvalid(`${flights.notices} notices of ${expected}: something was not seen.`);
    const cron = await stack.app('cron', settings);
    say('a round to warm up');
    await round(cron, store, counted);
    say(`${watchers.length} watchers, as fast as it goes`);
    const fast = await round(cron, store, watchers);
    await cron.stop();
    say(`a naive walk, ${sizes.naive} watchers`);
    const naive = await naiveWalk(store, stack.bus, watchers.slice(0, sizes.naive));
    say(`memory of ${sizes.members} members`);
    const megabytes = await memoryOfMembers(stack, sizes.members);

    const ofThousand = (figure: number): number => (figure / sizes.counted) * 1_000;
    const ofNaive = (figure: number): number => (figure / sizes.naive) * 1_000;
    return [
      row({
        key: 'notifier.round_trips',
        value: ofThousand(flights.flights - flights.calls),
        unit: 'waits / 1,000 watchers',
        peer: ofNaive(naive.flights - naive.lookups),
        note: `${EACH} friends each, ${expected} pairs changed; without those for the provider's answers`,
      }),
      row({
        key: 'notifier.commands',
        value: ofThousand(flights.commands),
        unit: 'commands / 1,000 watchers',
        peer: ofNaive(naive.commands),
      }),
      row({
        key: 'notifier.provider_calls',
        value: ofThousand(flights.calls),
        unit: 'calls / 1,000 watchers',
        peer: ofNaive(naive.lookups),
      }),
      row({
        key: 'notifier.users_per_s',
        value: watchers.length / fast.seconds,
        unit: 'watchers/s',
        peer: sizes.naive / naive.seconds,
        note: `from due to written; ${(watchers.length / fast.cpuSeconds).toFixed(0)} a CPU second of the process`,
      }),
      row({
        key: 'notifier.redis_mb',
        value: megabytes,
        unit: 'MB / 100,000 members',
        note: `${EACH} watches each; friendships left out`,
      }),
    ];
  } finally {
    await store.close();
  }
}
