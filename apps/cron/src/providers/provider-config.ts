import { IsBaseUrl, readConfig } from '@groundswell/runtime';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** The remote providers: one that has no address is not asked. */
export class ProviderConfig {
  @IsOptional()
  @IsBaseUrl()
  graphUrl?: string = undefined;

  @IsOptional()
  @IsBaseUrl()
  blueskyUrl?: string = undefined;

  /** Of one server: members of another need a provider of their own. */
  @IsOptional()
  @IsBaseUrl()
  mastodonUrl?: string = undefined;

  /** Requests to one provider at the same time. */
  @IsInt()
  @Min(1)
  @Max(64)
  connections: number = 8;

  /** For an answer, to its last byte, milliseconds. */
  @IsInt()
  @Min(10)
  @Max(120_000)
  timeoutMs: number = 10_000;

  /** A longer answer is a fault. */
  @IsInt()
  @Min(1_024)
  @Max(64 * 1024 * 1024)
  responseMaxBytes: number = 1024 * 1024;
}

export function providerConfig(env: NodeJS.ProcessEnv): Readonly<ProviderConfig> {
  const variables = {
    graphUrl: 'GRAPH_URL',
    blueskyUrl: 'BLUESKY_URL',
    mastodonUrl: 'MASTODON_URL',
    connections: 'PROVIDER_CONNECTIONS',
    timeoutMs: 'PROVIDER_TIMEOUT_MS',
    responseMaxBytes: 'PROVIDER_RESPONSE_MAX_BYTES',
  };
  return readConfig(ProviderConfig, variables, env);
}
