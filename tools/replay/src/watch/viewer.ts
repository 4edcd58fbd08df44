import { FeedClient, socketAddress, type FeedEvent } from '@groundswell/client';
import type { AddOp, CommentOp, Op, Story, Tab } from '@groundswell/protocol';
import { WebSocket } from 'ws';

/** An item as it came: in a segment or item frame (in order), or in a snapshot. */
export interface Received {
  id: string;
  seq: number;
  text: string;
}

/** A snapshot as it came, to be compared with what it had to show. */
export interface ReceivedSnapshot {
  tab: Tab;
  /** Position that it is the state of: for Everyone, the number of a segment. */
  position: number;
  stories: Story[];
  /** When it came, Unix milliseconds. */
  at: number;
}

/** A return with a cursor: positions in (`after`, `upTo`] may have been sent at once, by the graph of that moment. */
export interface Resume {
  after: number;
  upTo: number;
  /** When it was welcomed, Unix milliseconds. */
  at: number;
}

export interface ViewerOptions {
  /** Address of the node. */
  url: string;
  event: string;
  /** Absent: a visitor who sees Everyone only. */
  member?: { id: string; token: string };
  onReceived?: (tab: Tab, op: AddOp | CommentOp) => void;
  /** Told the number of each segment of Everyone, once it has been taken in. */
  onSegment?: (n: number) => void;
  /** Gives what is kept for an item: a process full of viewers keeps equal ones once. */
  keep?: (item: Received) => Received;
}

/** A real protocol client that writes down everything it gets. */
export class Viewer {
  readonly member: string | undefined;
  readonly everyone: Received[] = [];
  readonly friends: Received[] = [];
  /** Positions of counts in Friends. */
  readonly counts: number[] = [];
  readonly snapshots: ReceivedSnapshot[] = [];
  /** Ends of the segments received, by number: the position of each tick. */
  readonly ticks = new Map<number, number>();
  /** The same as they came: position, and when (Unix milliseconds). */
  readonly arrivals: { seq: number; at: number }[] = [];
  /** Returns with a cursor of Friends. */
  readonly resumes: Resume[] = [];
  /** Whom to hide in Everyone, as last told. */
  hidden: readonly string[] | undefined;
  /** What must not happen: gaps, faults, refusals. */
  readonly complaints: string[] = [];
  skips = 0;
  resets = 0;
  /** Times that it waited before another try to connect. */
  waits = 0;
  private readonly client: FeedClient;
  private socket: WebSocket | undefined;
  private readonly options: ViewerOptions;

  constructor(options: ViewerOptions) {
    const { url, event, member } = options;
    this.member = member?.id;
    this.options = options;
    const keep = (socket: WebSocket): void => {
      this.socket = socket;
    };
    this.client = new FeedClient({
      url: socketAddress(url),
      event,
      WebSocket: class extends WebSocket {
        constructor(address: string, protocols?: string | string[]) {
          super(address, protocols);
          keep(this);
        }
      },
      ...(member ? { token: () => Promise.resolve(member.token) } : { tabs: ['everyone'] as Tab[] }),
    });
    this.client.on((said) => this.take(said));
  }

  get reconnects(): number {
    return Math.max(0, this.client.stats.welcomes - 1);
  }

  /** Position examined in each tab. */
  get cursors(): FeedClient['cursors'] {
    return this.client.cursors;
  }

  get live(): boolean {
    return this.client.state.t === 'live';
  }

  /** Whether it has been sent everything up to segment `position`, or Friends item `position`. */
  has(tab: Tab, position: number): boolean {
    if (tab === 'everyone') return (this.cursors.everyone?.n ?? -1) >= position;
    return this.member === undefined || (this.cursors.friends?.seq ?? -1) >= position;
  }

  /** Loses the socket, as by a broken network; the client comes back with its cursors. */
  drop(): void {
    this.socket?.terminate();
  }

  start(): void {
    this.client.start();
  }

  stop(): void {
    this.client.stop();
  }

  private take(said: FeedEvent): void {
    switch (said.t) {
      case 'seg':
        this.ticks.set(said.frame.n, said.frame.seq[1]);
        this.arrivals.push({ seq: said.frame.seq[1], at: Date.now() });
        // A segment begins right after the tick before it.
        this.ticks.set(said.frame.n - 1, said.frame.seq[0] - 1);
        for (const op of said.frame.ops) this.note('everyone', this.everyone, op);
        this.options.onSegment?.(said.frame.n);
        break;
      case 'item':
        this.note('friends', this.friends, said.frame.op);
        if (said.frame.op.t === 'counts') this.counts.push(said.frame.seq);
        break;
      case 'snap': {
        const { tab, cursor, stories } = said.frame;
        const position = 'n' in cursor ? cursor.n : cursor.seq;
        this.snapshots.push({ tab, position, stories, at: Date.now() });
        if (tab === 'friends') this.resumedUpTo(position);
        break;
      }
      case 'skip':
        this.skips++;
        break;
      case 'reset':
        this.resets++;
        break;
      case 'gap':
        this.complaints.push(`gap in ${said.tab}: ${said.sent} sent, ${said.received} received`);
        break;
      case 'fault':
        this.complaints.push(`fault: ${said.message}`);
        break;
      case 'stopped':
        this.complaints.push(`stopped: ${said.error.message}`);
        break;
      case 'stale':
        this.complaints.push(`a ${said.frame} of ${said.tab} came twice`);
        break;
      case 'state':
        if (said.state.t === 'waiting') this.waits++;
        break;
      case 'hide':
        this.hidden = said.frame.authors;
        break;
      case 'welcome': {
        const { friends } = this.cursors;
        if (friends) this.resumes.push({ after: friends.seq, upTo: Infinity, at: Date.now() });
        break;
      }
      case 'mark':
        if (said.frame.tab === 'friends') this.resumedUpTo(said.frame.cursor.seq);
        break;
      case 'error':
      case 'carrier':
      case 'tombs':
        break;
      default:
        said satisfies never;
    }
  }

  /** What was sent on return ends here at the latest. */
  private resumedUpTo(seq: number): void {
    const resume = this.resumes.at(-1);
    if (resume?.upTo === Infinity) resume.upTo = seq;
  }

  private note(tab: Tab, list: Received[], op: Op): void {
    if (op.t !== 'add' && op.t !== 'comment') return;
    const item = { id: op.id, seq: op.seq, text: op.text };
    const { keep, onReceived } = this.options;
    list.push(keep ? keep(item) : item);
    onReceived?.(tab, op);
  }
}
