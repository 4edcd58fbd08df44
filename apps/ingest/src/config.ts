import { readConfig } from '@groundswell/runtime';
import { IsInt, IsString, Matches, Max, Min, MinLength } from 'class-validator';

/** Every field needs its type written out: conversion goes by it. */
export class IngestConfig {
  /** 0 = any free port. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3001;

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
  @Matches(/^[a-z0-9-]{1,32}$/)
  node!: string;

  /** Statuses and comments that a member may post a minute. */
  @IsInt()
  @Min(1)
  @Max(600)
  postsPerMin: number = 6;

  /** Friendship commands that a member may send a minute. */
  @IsInt()
  @Min(1)
  @Max(6_000)
  friendshipsPerMin: number = 60;

  /** Copies of each stream: 3 on a cluster of three. */
  @IsInt()
  @Min(1)
  @Max(5)
  replicas: number = 1;

  @IsString()
  logLevel: string = 'info';
}

export function ingestConfig(env: NodeJS.ProcessEnv): Readonly<IngestConfig> {
  return readConfig(
    IngestConfig,
    {
      port: 'PORT',
      host: 'HOST',
      natsUrl: 'NATS_URL',
      redisUrl: 'REDIS_URL',
      publicKey: 'TOKEN_PUBLIC_KEY',
      node: 'NODE_ID',
      postsPerMin: 'POSTS_PER_MIN',
      friendshipsPerMin: 'FRIENDSHIPS_PER_MIN',
      replicas: 'STREAM_REPLICAS',
      logLevel: 'LOG_LEVEL',
    },
    env,
  );
}
