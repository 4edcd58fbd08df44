import type { Stack } from '../stack/stack.js';

export interface ReadyFacts {
  event: string;
  members: readonly { id: string; name: string; link: string }[];
  /** Whether tools may mint tokens. */
  tools: boolean;
}

type Described = Pick<Stack, 'data' | 'page' | 'ingest' | 'fanouts' | 'nats' | 'redis' | 'networks'> & {
  processes: Pick<Stack['processes'], 'pids'>;
};

/**
 * What a program that drives the stack needs, as one line of JSON. `pids` leaves out servers that were not started here;
 * `networks` is the address of their double, null without one; `tokensUrl` and `processesUrl` are null unless a secret was given.
 */
export function readyLine(stack: Described, { event, members, tools }: ReadyFacts): string {
  const { pids } = stack.processes;
  return JSON.stringify({
    t: 'ready',
    page: stack.page,
    ingest: stack.ingest,
    fanouts: stack.fanouts,
    nats: stack.nats,
    redis: stack.redis,
    pids: {
      nats: pids['nats'],
      redis: pids['redis'],
      ingest: pids['ingest'],
      cron: pids['cron'],
      fanouts: stack.fanouts.map((_, index) => pids[`fanout-${index + 1}`]),
    },
    event,
    data: stack.data,
    networks: stack.networks ?? null,
    mail: `${stack.page}/dev/mail.json`,
    signIn: members,
    tokensUrl: tools ? `${stack.page}/dev/tokens` : null,
    processesUrl: tools ? `${stack.page}/dev/processes` : null,
  });
}
