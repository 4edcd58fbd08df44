import { paths, type SocialAcceptedBody } from '@groundswell/protocol';
import type { PlannedChange, PlannedKind } from '../plan/change-plan.js';
import type { AcceptedCommand } from '../verdict/social-log.js';
import { Caller, type Call } from './caller.js';

/** Commands on their way at a time. */
const IN_FLIGHT = 50;

export interface ChangeInput {
  ingest: string;
  changes: readonly PlannedChange[];
  tokenOf: (member: string) => string;
}

export type ChangeCounts = Record<PlannedKind, number>;

type Step = Pick<AcceptedCommand, 'kind' | 'by' | 'to'> & Pick<Call, 'method' | 'path'>;

/** Makes changes of the graph through the public commands while posts are sent; those of one pair in their order. */
export class GraphChanger {
  readonly accepted: AcceptedCommand[] = [];
  readonly surprises: string[] = [];
  readonly made: ChangeCounts = { add: 0, remove: 0, block: 0, unblock: 0, mute: 0, unmute: 0 };
  private readonly caller: Caller;
  private readonly pairs = new Map<string, Promise<void>>();
  private next = 0;

  constructor(private readonly input: ChangeInput) {
    this.caller = new Caller(input.ingest, IN_FLIGHT);
  }

  get count(): number {
    return Object.values(this.made).reduce((sum, made) => sum + made, 0);
  }

  /** So many posts have been sent: starts what is due. */
  reached(posts: number): void {
    const { changes } = this.input;
    for (; this.next < changes.length && changes[this.next]!.after <= posts; this.next++) {
      const index = this.next;
      const { by, to } = changes[index]!;
      const key = [by, to].sort().join(' ');
      this.pairs.set(
        key,
        (this.pairs.get(key) ?? Promise.resolve()).then(() => this.make(index)),
      );
    }
  }

  /** Resolves when everything that was begun is answered. */
  async done(): Promise<void> {
    await Promise.all(this.pairs.values());
    this.caller.close();
  }

  private async make(index: number): Promise<void> {
    const change = this.input.changes[index]!;
    for (const [i, { kind, by, to, method, path }] of stepsOf(change).entries()) {
      const call = { method, path, token: this.input.tokenOf(by), key: `change-${index}-${i}` };
      const { status, body, retries } = await this.caller.call(call);
      if (status !== 200) {
        this.surprises.push(`change ${index} (${change.kind}) was answered with ${status}: ${body.slice(0, 200)}`);
        return;
      }
      const { seq } = JSON.parse(body) as SocialAcceptedBody;
      this.accepted.push({ kind, by, to, seq, repeated: retries > 0 });
    }
    this.made[change.kind]++;
  }
}

function stepsOf({ kind, by, to }: PlannedChange): Step[] {
  switch (kind) {
    case 'add':
      return [
        { kind: 'ask', by, to, method: 'PUT', path: paths.friend(to) },
        { kind: 'ask', by: to, to: by, method: 'POST', path: paths.acceptance(by) },
      ];
    case 'remove':
      return [{ kind: 'end', by, to, method: 'DELETE', path: paths.friend(to) }];
    case 'block':
      return [{ kind, by, to, method: 'PUT', path: paths.block(to) }];
    case 'unblock':
      return [{ kind, by, to, method: 'DELETE', path: paths.block(to) }];
    case 'mute':
      return [{ kind, by, to, method: 'PUT', path: paths.mute(to) }];
    case 'unmute':
      return [{ kind, by, to, method: 'DELETE', path: paths.mute(to) }];
  }
}
