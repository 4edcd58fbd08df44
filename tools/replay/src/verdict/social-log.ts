import { connectBus, consumeOrdered } from '@groundswell/bus';
import { readSocial, SOCIAL, subjects, type SocialRecord } from '@groundswell/contracts';
import type { ChangeKind, SocialChange } from './social-history.js';

/** A command that was answered with 200. */
export interface AcceptedCommand {
  kind: ChangeKind;
  by: string;
  to: string;
  /** Position in SOCIAL, as answered. */
  seq: number;
  /** It was sent more than once: then the answer can name a later position than that of the first. */
  repeated: boolean;
}

/** Reads the commands that members gave: all of SOCIAL but what was imported. */
export async function readSocialLog(nats: string): Promise<SocialChange[]> {
  const bus = await connectBus({ servers: nats, name: 'replay-verdict' });
  const changes: SocialChange[] = [];
  const ended = new AbortController();
  const consumption = await consumeOrdered({
    bus,
    stream: SOCIAL.name,
    filter: subjects.socialAll(),
    from: { seq: 1 },
    signal: ended.signal,
    onMessages: (batch) => {
      for (const stored of batch) {
        const record = readSocial(stored);
        if (record) changes.push(...changesOf(record));
      }
    },
    onCaughtUp: () => ended.abort(),
  });
  await consumption.done;
  await bus.close();
  return changes;
}

function changesOf(record: SocialRecord): SocialChange[] {
  const { kind, seq, message } = record;
  if (kind === 'profile') return [];
  const { at } = message;
  if (kind === 'friendship') {
    if (message.mutual && message.on) return [];
    return message.edges.map(([by, to]) => ({ seq, at, kind: message.on ? 'ask' : 'end', by, to }));
  }
  const { by, to, on } = message;
  if (kind === 'block') return [{ seq, at, kind: on ? 'block' : 'unblock', by, to }];
  return [{ seq, at, kind: on ? 'mute' : 'unmute', by, to }];
}

/** SOCIAL must hold every answered command once, at the position of its answer, and nothing else. */
export function checkSocial(changes: readonly SocialChange[], accepted: readonly AcceptedCommand[]): string[] {
  const left = new Map<string, number[]>();
  for (const change of changes) left.set(nameOf(change), [...(left.get(nameOf(change)) ?? []), change.seq]);
  const faults: string[] = [];
  for (const command of accepted.toSorted((a, b) => a.seq - b.seq)) {
    const places = left.get(nameOf(command)) ?? [];
    const at = command.repeated ? 0 : places.indexOf(command.seq);
    if (at === -1 || places.length === 0)
      faults.push(`social: ${nameOf(command)} was answered with ${command.seq} and stands at [${places.join()}]`);
    else places.splice(at, 1);
  }
  const unasked = [...left].filter(([, places]) => places.length > 0);
  return [...faults, ...unasked.map(([name, places]) => `social: ${name} at ${places.join()} was never answered`)];
}

function nameOf({ kind, by, to }: Pick<SocialChange, 'kind' | 'by' | 'to'>): string {
  return `${kind} ${by} ${to}`;
}
