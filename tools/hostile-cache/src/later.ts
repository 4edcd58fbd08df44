import type { Ask } from './answer.js';

export interface LaterOptions {
  /** Milliseconds that have passed beyond the origin's own time: a multiple of every length of a slot in use. */
  passed: () => number;
}

const HEAD = /^(.*\/head\/)(\d+)\/(\d+)$/;
const TIME = /\/v1\/time\//;

/**
 * An origin as it will be when more time has passed: the slots of its heads, and the time that it tells, are moved by as
 * much. Only these depend on the time, so everything else is asked for as it is.
 */
export function later(ask: Ask, { passed }: LaterOptions): Ask {
  return async (path) => {
    const ms = passed();
    const [, before, slotMs, slot] = HEAD.exec(path) ?? [];
    if (before === undefined && !TIME.test(path)) return ask(path);
    const own = before === undefined ? path : `${before}${slotMs}/${Number(slot) - slotsIn(ms, Number(slotMs))}`;
    const answer = await ask(own);
    if (answer.status !== 200) return answer;
    const body = JSON.parse(answer.body) as { now: number };
    return { ...answer, body: JSON.stringify({ ...body, now: body.now + ms }) };
  };
}

function slotsIn(ms: number, slotMs: number): number {
  if (ms % slotMs !== 0) throw new RangeError(`${ms} ms are no whole number of slots of ${slotMs} ms.`);
  return ms / slotMs;
}
