import { REMOTE_PROVIDERS, type RemoteNetwork } from '@groundswell/protocol';
import { IsBaseUrl, readConfig, SERVER_VARIABLES, ServerConfig } from '@groundswell/runtime';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class IngestConfig extends ServerConfig {
  override port: number = 3001;

  /** Statuses and comments that a member may post a minute. */
  @IsInt()
  @Min(1)
  @Max(600)
  postsPerMin: number = 6;

  /** Likes, given or taken back, that a member may send a minute. */
  @IsInt()
  @Min(1)
  @Max(6_000)
  likesPerMin: number = 120;

  /** Friendship commands that a member may send a minute. */
  @IsInt()
  @Min(1)
  @Max(6_000)
  friendshipsPerMin: number = 60;

  /** Blocks and mutes, given or lifted, that a member may send a minute; apart, so that who has asked many can still block. */
  @IsInt()
  @Min(1)
  @Max(6_000)
  blocksPerMin: number = 60;

  /** Profiles that a member may write a minute. */
  @IsInt()
  @Min(1)
  @Max(600)
  profilesPerMin: number = 10;

  /** Requests of one member that may wait for an answer: each stands in the graph of two members until then. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  openRequestsMax: number = 1_000;

  /** Requests by others that may wait for one member's answer: all of them are read whenever that member's friends are. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  waitingRequestsMax: number = 10_000;

  /** Relationship statuses, and what is said to watchers, that a member may send a minute. */
  @IsInt()
  @Min(1)
  @Max(600)
  relationshipsPerMin: number = 20;

  /** So long a relationship status stands before anybody is told, milliseconds; the same in cron. */
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  settleMs: number = 600_000;

  /** Members that one may watch at a time, and add in a day. */
  @IsInt()
  @Min(1)
  @Max(200)
  watchesMax: number = 25;

  @IsInt()
  @Min(1)
  @Max(200)
  watchesPerDay: number = 10;

  /** Signs the links of letters, as the mailer does. Without it nobody can give an address. */
  @Matches(/^(|.{32,})$/, { message: 'mailLinkSecret must have at least 32 characters' })
  mailLinkSecret: string = '';

  /** The other networks, as browsers reach them; cron has the same. In one that has no address nobody can be watched. */
  @IsOptional()
  @IsBaseUrl()
  graphUrl?: string = undefined;

  @IsOptional()
  @IsBaseUrl()
  blueskyUrl?: string = undefined;

  @IsOptional()
  @IsBaseUrl()
  mastodonUrl?: string = undefined;
}

/** Those networks that have an address. */
export function networksOf(config: Readonly<IngestConfig>): RemoteNetwork[] {
  return REMOTE_PROVIDERS.flatMap((provider) => {
    const url = config[`${provider}Url`];
    return url === undefined ? [] : [{ provider, url: url.replace(/\/+$/, '') }];
  });
}

export function ingestConfig(env: NodeJS.ProcessEnv): Readonly<IngestConfig> {
  const variables = {
    ...SERVER_VARIABLES,
    postsPerMin: 'POSTS_PER_MIN',
    likesPerMin: 'LIKES_PER_MIN',
    friendshipsPerMin: 'FRIENDSHIPS_PER_MIN',
    blocksPerMin: 'BLOCKS_PER_MIN',
    profilesPerMin: 'PROFILES_PER_MIN',
    openRequestsMax: 'OPEN_REQUESTS_MAX',
    relationshipsPerMin: 'RELATIONSHIPS_PER_MIN',
    settleMs: 'SETTLE_MS',
    watchesMax: 'WATCHES_MAX',
    watchesPerDay: 'WATCHES_PER_DAY',
    waitingRequestsMax: 'WAITING_REQUESTS_MAX',
    mailLinkSecret: 'MAIL_LINK_SECRET',
    graphUrl: 'GRAPH_URL',
    blueskyUrl: 'BLUESKY_URL',
    mastodonUrl: 'MASTODON_URL',
  };
  return readConfig(IngestConfig, variables, env);
}
