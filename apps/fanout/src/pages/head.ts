import type { HeadBody } from '@groundswell/protocol';
import type { Room } from '../intake/room.js';
import { openFilter } from './authors.js';

/** How many times longer a shed client waits. */
const SHED_FACTOR = 4;

/** JSON of the head at `now` (Unix milliseconds). */
export function headText(watched: Room, now: number): string {
  const { frames, feed, tombs, levers, viewers } = watched;
  const { epoch, n } = frames.head;
  const values = levers();
  const shed = !values['everyone.enabled'];
  const filter = openFilter(watched);
  const fixed: Omit<HeadBody, 'inline'> = {
    t: 'head',
    v: 1,
    epoch,
    n,
    snap: n,
    slotMs: values['head.slot_ms'],
    tsN: feed.head?.at ?? 0,
    // A client that is turned away asks less often (H4).
    pollMs: values['poll.interval_ms'] * (shed ? SHED_FACTOR : 1),
    jitter: values['poll.jitter'],
    hiddenFactor: values['poll.hidden_factor'],
    viewers: viewers(),
    ...(shed ? { shed } : {}),
    tombs: [...tombs.keys()],
    ...(filter === undefined ? {} : { filter }),
    fullPollEvery: values['friends.full_poll_every'],
    now,
  };
  const inline: string[] = [];
  let room = shed ? 0 : values['head.inline_bytes'];
  for (let i = n; i >= Math.max(1, frames.serveFrom); i--) {
    const text = frames.segmentText(i)!;
    if (text.length > room) break;
    room -= text.length;
    inline.unshift(text);
  }
  return `${JSON.stringify(fixed).slice(0, -1)},"inline":[${inline.join(',')}]}`;
}
