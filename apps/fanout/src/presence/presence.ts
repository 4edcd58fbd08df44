import { isPosition } from '@groundswell/protocol';
import type { Clock } from '@groundswell/runtime';

/** A node that is not heard for this long is not counted. */
const SILENT_MS = 5_000;

/** A node that is behind another one for this long is not ready. */
const BEHIND_MS = 5_000;

/** What a node tells the others of an event. */
export interface NodeState {
  /** Newest segment that it serves. */
  n: number;
  /** Sockets and streams that it holds open. */
  viewers: number;
}

export interface PresenceOptions {
  node: string;
  clock: Clock;
  own: () => NodeState;
  /** To all nodes of the event, this one included; may be lost. */
  tell: (data: Uint8Array) => void;
}

/** The nodes that serve an event, as far as they have been heard lately. */
export class Presence {
  private readonly others = new Map<string, NodeState & { at: number }>();
  private behindSince: number | undefined;

  constructor(private readonly o: PresenceOptions) {}

  /** Sockets and streams of all nodes. */
  get viewers(): number {
    let sum = this.o.own().viewers;
    for (const { viewers } of this.others.values()) sum += viewers;
    return sum;
  }

  /** This node has been behind another for too long to be sent anybody. */
  get isBehind(): boolean {
    return this.behindSince !== undefined && this.o.clock.monotonic() - this.behindSince >= BEHIND_MS;
  }

  /** Whether every node that is heard of serves segment n. */
  reached(n: number): boolean {
    return this.o.own().n >= n && [...this.others.values()].every((other) => other.n >= n);
  }

  /** Once a second: tells of this node, and looks who is still there. */
  turn(): void {
    const { node, clock, own, tell } = this.o;
    const now = clock.monotonic();
    for (const [name, { at }] of this.others) if (now - at > SILENT_MS) this.others.delete(name);
    const { n } = own();
    const isAhead = [...this.others.values()].some((other) => other.n > n);
    this.behindSince = isAhead ? (this.behindSince ?? now) : undefined;
    tell(Buffer.from(JSON.stringify({ node, ...own() })));
  }

  /** Takes what some node told. What makes no sense is left out: it can only be of another version. */
  hear(data: Uint8Array): void {
    const told = parse(data);
    if (told && told.node !== this.o.node) this.others.set(told.node, { ...told, at: this.o.clock.monotonic() });
  }
}

function parse(data: Uint8Array): (NodeState & { node: string }) | undefined {
  try {
    const value = JSON.parse(Buffer.from(data).toString()) as Partial<Record<string, unknown>> | null;
    const { node, n, viewers } = value ?? {};
    return typeof node === 'string' && isPosition(n) && isPosition(viewers) ? { node, n, viewers } : undefined;
  } catch {
    return undefined;
  }
}
