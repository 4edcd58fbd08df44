import { Expectation } from '../verdict/expectation.js';
import { judge } from '../verdict/judge.js';
import { Audience, until } from '../watch/audience.js';
import { keeper } from '../watch/keeper.js';
import type { Viewer } from '../watch/viewer.js';
import type { Arrivals, CrowdReport, JudgeOrder, Orders } from './orders.js';

/** Handshakes at a time while they connect for the first time: a node takes some hundreds a second. */
const SLICE = 50;

/** The clients of one process: real protocol clients that write down what they get. */
export class Clients {
  private audience: Audience | undefined;
  /** Segments since the last cut, in their order, of each client. */
  private readonly arrived = new Map<number, { n: number; at: number }[]>();
  private readonly keep = keeper();

  async join({ url, event, members }: Orders['join']['order']): Promise<object> {
    const audience = new Audience(event, [url]);
    this.audience = audience;
    for (let from = 0; from < members.length; from += SLICE) {
      const slice = members.slice(from, from + SLICE);
      await Promise.all(
        slice.map((member, i) => {
          const arrived: { n: number; at: number }[] = [];
          this.arrived.set(from + i, arrived);
          const onSegment = (n: number) => void arrived.push({ n, at: Date.now() });
          return audience.join(member, { onSegment, keep: this.keep });
        }),
      );
    }
    return {};
  }

  cut(): object {
    for (const arrived of this.arrived.values()) arrived.length = 0;
    return {};
  }

  arrivals({ n }: Orders['arrivals']['order']): Arrivals {
    const first = [...this.arrived.values()].map((arrived) => arrived.find((segment) => segment.n >= n)?.at);
    const at = first.filter((time) => time !== undefined);
    return { at, missing: first.length - at.length, waits: sum(this.viewers, ({ waits }) => waits) };
  }

  async judge({ plan, accepted, end, settleMs }: JudgeOrder): Promise<CrowdReport> {
    const { viewers, audience } = this;
    const expectation = new Expectation(plan, accepted);
    const friends = viewers.map(({ member }) => expectation.friendsItems(member!));
    await until(
      () =>
        viewers.every(
          (viewer, i) => viewer.has('everyone', end) && viewer.has('friends', friends[i]!.at(-1)?.seq ?? 0),
        ),
      settleMs,
    );
    audience?.stop();
    const faults = viewers.map((viewer) => [
      ...judge(viewer, expectation, (n) => audience?.tickAt(n)).faults,
      // A later snapshot can make good what a skip left out; nothing of that may be needed here.
      ...(viewer.skips > 0 ? [`was skipped ahead ${viewer.skips} times`] : []),
      ...(viewer.resets > 0 ? [`was reset ${viewer.resets} times`] : []),
    ]);
    return {
      exact: faults.filter((own) => own.length === 0).length,
      due: sum(friends, (own) => expectation.everyone.length + own.length),
      delivered: sum(viewers, (viewer) => viewer.everyone.length + viewer.friends.length),
      reconnects: sum(viewers, ({ reconnects }) => reconnects),
      faults: faults.flatMap((own, i) => own.map((fault) => `${viewers[i]!.member}: ${fault}`)),
    };
  }

  private get viewers(): readonly Viewer[] {
    return this.audience?.viewers ?? [];
  }
}

function sum<T>(list: readonly T[], of: (entry: T) => number): number {
  return list.reduce((total, entry) => total + of(entry), 0);
}
