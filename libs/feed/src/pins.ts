import type { AddOp, PinOp } from '@groundswell/protocol';
import { toOp, type PinRecord, type Render, type Rendered, type StatusRecord, type TickPins } from './records.js';

/** Stories that are pinned at a time; the oldest pin leaves. */
export const MAX_PINS = 3;

type PinnedStory = TickPins['stories'][number];

interface TickOptions {
  render: Render;
  forgetUpTo: number;
}

/**
 * What operators have pinned. Ticks say what is in force, since a node that starts hours later must know it; turns that
 * the last tick does not know of yet wait here for the next. A story that was taken back is shown nowhere from the next
 * segment on, whether the tick has heard of that or not.
 */
export class Pins {
  private said: TickPins | undefined;
  private turns: PinRecord[] = [];
  /** Ids taken back, with their positions, in log order. */
  private readonly gone = new Map<string, number>();

  constructor(tick: TickPins | undefined) {
    this.said = tick;
  }

  turn(record: PinRecord): void {
    this.turns.push(record);
  }

  /** The item was taken back at this position: a pin of it, even one that comes later, shows nothing. */
  retract(id: string, seq: number): void {
    this.gone.set(id, seq);
  }

  /** What the next tick is to say; undefined as long as nothing was ever pinned. */
  next(): TickPins | undefined {
    let stories = this.said?.stories ?? [];
    let asOf = this.said?.asOf ?? 0;
    for (const { seq, message } of this.turns) {
      const others = stories.filter(({ id }) => id !== message.story.id);
      stories = message.on ? [message.story, ...others].slice(0, MAX_PINS) : others;
      asOf = Math.max(asOf, seq);
    }
    return asOf === 0 ? undefined : { asOf, stories: stories.filter(({ id }) => !this.gone.has(id)) };
  }

  /**
   * Takes what a tick says. Returns the op for its segment, or undefined when the tick before said the same: what was
   * taken back in between is gone by its tombstone. No node needs to know of anything up to `forgetUpTo` any more.
   */
  tick(pins: TickPins | undefined, { render, forgetUpTo }: TickOptions): Rendered<PinOp> | undefined {
    const isSame = idsOf(pins) === idsOf(this.said);
    this.said = pins;
    this.turns = this.turns.filter(({ seq }) => seq > (pins?.asOf ?? 0));
    const shown = this.shown(render);
    for (const [id, seq] of this.gone) {
      if (seq > forgetUpTo) break;
      this.gone.delete(id);
    }
    return isSame ? undefined : render<PinOp>({ t: 'pin', stories: shown.map(({ op }) => op) });
  }

  /** What is pinned as of the last tick. */
  shown(render: Render): readonly Rendered<AddOp>[] {
    const stories = this.said?.stories.filter(({ id }) => !this.gone.has(id)) ?? [];
    return stories.map((story) => render(toOp(asRecord(story))));
  }
}

/** The op without a story that was taken back; itself when it does not hold it. */
export function pinOpWithout(pin: Rendered<PinOp>, id: string, render: Render): Rendered<PinOp> {
  const stories = pin.op.stories.filter((story) => story.id !== id);
  return stories.length === pin.op.stories.length ? pin : render<PinOp>({ t: 'pin', stories });
}

function idsOf(pins: TickPins | undefined): string {
  return pins?.stories.map(({ id }) => id).join() ?? '';
}

function asRecord({ seq, ...message }: PinnedStory): StatusRecord {
  return { kind: 'status', audience: 'everyone', seq, message };
}
