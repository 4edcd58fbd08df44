import type { Provider } from '@groundswell/relations';
import type { Clock } from '@groundswell/runtime';
import type { Allowance, Budget } from './budget/budget.js';
import { bluesky } from './dialects/bluesky.js';
import { graph } from './dialects/graph.js';
import { mastodon } from './dialects/mastodon.js';
import { Origin } from './http/origin.js';
import { OwnNetwork } from './own/own-network.js';
import type { StatusReader } from './own/published.js';
import type { ProviderConfig } from './provider-config.js';
import { RemoteProvider, type RemoteSettings } from './remote/remote-provider.js';

/** What the providers are known to allow, below what they publish: others ask them as well. */
export const ALLOWANCES: Readonly<Record<string, Allowance>> = {
  graph: { requests: 180, windowMs: 3_600_000 },
  bluesky: { requests: 2_700, windowMs: 300_000 },
  mastodon: { requests: 270, windowMs: 300_000 },
};

export interface ProviderParts {
  config: Readonly<ProviderConfig>;
  clock: Clock;
  budget: Budget;
  statuses: StatusReader;
  refused: NonNullable<RemoteSettings['refused']>;
}

export interface Providers {
  /** By name. */
  readonly all: ReadonlyMap<string, Provider>;
  /** Cuts off what is under way. */
  stop(): Promise<void>;
}

/** Our own network, and the remote providers that have an address. */
export function createProviders({ config, clock, budget, statuses, refused }: ProviderParts): Providers {
  const { connections, timeoutMs, responseMaxBytes } = config;
  const addresses = [
    { dialect: graph, baseUrl: config.graphUrl },
    { dialect: bluesky, baseUrl: config.blueskyUrl },
    { dialect: mastodon, baseUrl: config.mastodonUrl },
  ];
  const origins: Origin[] = [];
  const remote = addresses.flatMap(({ dialect, baseUrl }) => {
    if (baseUrl === undefined) return [];
    const origin = new Origin({ baseUrl, connections, timeoutMs, responseMaxBytes }, clock);
    origins.push(origin);
    return [new RemoteProvider({ dialect, origin, budget, clock, concurrency: connections, refused })];
  });
  const all = new Map<string, Provider>([new OwnNetwork(statuses, clock), ...remote].map((one) => [one.name, one]));
  return {
    all,
    stop: async () => {
      await Promise.all(origins.map((origin) => origin.stop()));
    },
  };
}
