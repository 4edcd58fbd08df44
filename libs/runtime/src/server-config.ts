import { IsInt, IsString, Matches, Max, Min, MinLength } from 'class-validator';

/**
 * What every server process is told by its environment; apps extend it. Every field needs its type written out:
 * conversion goes by it.
 */
export class ServerConfig {
  /** 0 = any free port. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3000;

  @IsString()
  host: string = '127.0.0.1';

  @Matches(/^(nats|tls):\/\/\S+$/, { message: 'natsUrl must be nats://host:port, several separated by commas' })
  natsUrl!: string;

  @Matches(/^rediss?:\/\/\S+$/, { message: 'redisUrl must be redis://host:port' })
  redisUrl!: string;

  /** ES256 public key that tokens are verified with, PEM. */
  @MinLength(1)
  publicKey!: string;

  /** Name of this process: the same at most once at a time. */
  @Matches(/^[a-z0-9-]{1,32}$/, { message: 'node must be lower-case letters, digits and hyphens, at most 32' })
  node!: string;

  /** Copies of each stream: 3 on a cluster of three. */
  @IsInt()
  @Min(1)
  @Max(5)
  replicas: number = 1;

  @IsString()
  logLevel: string = 'info';
}

/** The environment variable of each field. */
export const SERVER_VARIABLES: { readonly [K in keyof ServerConfig]: string } = {
  port: 'PORT',
  host: 'HOST',
  natsUrl: 'NATS_URL',
  redisUrl: 'REDIS_URL',
  publicKey: 'TOKEN_PUBLIC_KEY',
  node: 'NODE_ID',
  replicas: 'STREAM_REPLICAS',
  logLevel: 'LOG_LEVEL',
};
