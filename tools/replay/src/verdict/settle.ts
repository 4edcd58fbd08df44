import { until, type Audience } from '../watch/audience.js';
import type { Witness } from '../watch/witness.js';
import type { Expectation } from './expectation.js';

/** How long the last items may take to reach everybody. */
const SETTLE_MS = 60_000;

/** Waits until everybody has been sent everything, or for so long that something must be missing. */
export async function settle(
  audience: Audience,
  witnesses: readonly Witness[],
  expectation: Expectation,
): Promise<void> {
  const last = expectation.items.at(-1)?.seq ?? 0;
  const due = audience.viewers.map(({ member }) => ({
    seq: member === undefined ? 0 : expectation.lastCertain(member),
    hidden: member === undefined ? undefined : expectation.history.shunnedInTheEnd(member).join(),
  }));
  let end: number | undefined;
  await until(() => {
    end ??= audience.tickNumberAfter(last);
    if (end === undefined) return false;
    return (
      audience.viewers.every(
        (viewer, i) =>
          viewer.has('everyone', end!) &&
          viewer.has('friends', due[i]!.seq) &&
          viewer.hidden?.join() === due[i]!.hidden,
      ) && witnesses.every(({ n }) => n >= end!)
    );
  }, SETTLE_MS);
}
