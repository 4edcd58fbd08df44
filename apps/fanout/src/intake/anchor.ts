import { EVENTS, readFeed, subjects, type Stored, type TickMessage } from '@groundswell/contracts';

export interface Anchor {
  seq: number;
  tick: TickMessage;
  /** First segment to be served; those before it are read for what composing must know of them. */
  serveFrom: number;
}

export interface AnchorFound {
  /** Absent: read from the event's beginning. */
  anchor?: Anchor;
  /** Number that the chain must reach if the anchor is a valid tick. */
  reaches: number;
}

export type ReadMessage = (
  stream: string,
  wanted: { seq: number } | { lastBySubject: string },
) => Promise<Stored | undefined>;

/**
 * Where a node starts to read an event: the tick that the newest tick names. Whether that one is valid cannot be seen
 * from itself, so the chain is followed from there, and must reach at least the number of the newest tick; if it does
 * not, somebody wrote a tick that lies, and the node reads from the beginning.
 */
export async function findAnchor(read: ReadMessage, event: string): Promise<AnchorFound> {
  const newest = tickOf(await read(EVENTS.name, { lastBySubject: subjects.tick(event) }));
  if (!newest) return { reaches: 0 };
  const { n, replayFrom, serveFrom } = newest.tick;
  if (replayFrom.n === 0) return { reaches: n };
  const anchor = tickOf(await read(EVENTS.name, { seq: replayFrom.seq }));
  if (anchor?.tick.n !== replayFrom.n || anchor.event !== event) return { reaches: 0 };
  return { anchor: { seq: anchor.seq, tick: anchor.tick, serveFrom }, reaches: n };
}

function tickOf(stored: Stored | undefined): { seq: number; tick: TickMessage; event: string } | undefined {
  const record = stored && readFeed(stored);
  return record?.kind === 'tick' ? { seq: record.seq, tick: record.message, event: record.event } : undefined;
}
