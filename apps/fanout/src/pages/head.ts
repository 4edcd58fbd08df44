import type { HeadBody } from '@groundswell/protocol';
import type { Room } from '../intake/room.js';

/** Length of a slot: how long one head answers for. */
export const SLOT_MS = 1000;

/** Bytes of newest segments that ride in a head. */
const INLINE_BYTES = 4096;

const POLL_MS = 5000;
const POLL_JITTER = 0.2;

/** JSON of the head at `now` (Unix milliseconds). */
export function headText({ frames, feed, tombs }: Room, now: number): string {
  const { epoch, n } = frames.head;
  const fixed: Omit<HeadBody, 'inline'> = {
    t: 'head',
    v: 1,
    epoch,
    n,
    snap: n,
    slotMs: SLOT_MS,
    tsN: feed.head?.at ?? 0,
    pollMs: POLL_MS,
    jitter: POLL_JITTER,
    tombs: [...tombs.keys()],
    now,
  };
  const inline: string[] = [];
  let room = INLINE_BYTES;
  for (let i = n; i >= Math.max(1, frames.serveFrom); i--) {
    const text = frames.segmentText(i)!;
    if (text.length > room) break;
    room -= text.length;
    inline.unshift(text);
  }
  return `${JSON.stringify(fixed).slice(0, -1)},"inline":[${inline.join(',')}]}`;
}
