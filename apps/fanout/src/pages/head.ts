import type { HeadBody } from '@groundswell/protocol';
import type { Room } from '../intake/room.js';

/** JSON of the head at `now` (Unix milliseconds). */
export function headText({ frames, feed, tombs, levers }: Room, now: number): string {
  const { epoch, n } = frames.head;
  const values = levers();
  const fixed: Omit<HeadBody, 'inline'> = {
    t: 'head',
    v: 1,
    epoch,
    n,
    snap: n,
    slotMs: values['head.slot_ms'],
    tsN: feed.head?.at ?? 0,
    pollMs: values['poll.interval_ms'],
    jitter: values['poll.jitter'],
    tombs: [...tombs.keys()],
    now,
  };
  const inline: string[] = [];
  let room = values['head.inline_bytes'];
  for (let i = n; i >= Math.max(1, frames.serveFrom); i--) {
    const text = frames.segmentText(i)!;
    if (text.length > room) break;
    room -= text.length;
    inline.unshift(text);
  }
  return `${JSON.stringify(fixed).slice(0, -1)},"inline":[${inline.join(',')}]}`;
}
