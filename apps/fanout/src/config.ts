import { readConfig } from '@groundswell/runtime';
import { IsInt, IsString, Matches, Max, Min, MinLength } from 'class-validator';

/** Every field needs its type written out: conversion goes by it. */
export class FanoutConfig {
  /** 0 = any free port. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3002;

  @IsString()
  host: string = '127.0.0.1';

  @Matches(/^(nats|tls):\/\/\S+$/, { message: 'natsUrl must be nats://host:port, several separated by commas' })
  natsUrl!: string;

  @Matches(/^rediss?:\/\/\S+$/, { message: 'redisUrl must be redis://host:port' })
  redisUrl!: string;

  /** ES256 public key that tokens are verified with, PEM. */
  @MinLength(1)
  publicKey!: string;

  /** Name of this node: the same at most once at a time. */
  @Matches(/^[a-z0-9-]{1,32}$/)
  node!: string;

  /** Pages that may open sockets, separated by commas; empty: any. */
  @IsString()
  origins: string = '';

  @IsInt()
  @Min(100)
  @Max(1_000_000)
  maxSockets: number = 18_000;

  @IsInt()
  @Min(10)
  @Max(10_000)
  handshakesPerS: number = 500;

  /** Time to send everybody away when the node stops. */
  @IsInt()
  @Min(0)
  @Max(600_000)
  drainMs: number = 2_000;

  /** What this node stamps into the ticks that it writes: length of a busy segment, and its byte cap. */
  @IsInt()
  @Min(250)
  @Max(10_000)
  segmentMs: number = 1_000;

  @IsInt()
  @Min(16_384)
  @Max(1_048_576)
  segmentMaxBytes: number = 262_144;

  /** Segments that a viewer may be behind before it gets the newest snapshot instead of them. */
  @IsInt()
  @Min(8)
  @Max(512)
  maxBehind: number = 64;

  /** Copies of each stream: 3 on a cluster of three. */
  @IsInt()
  @Min(1)
  @Max(5)
  replicas: number = 1;

  @IsString()
  logLevel: string = 'info';
}

export function fanoutConfig(env: NodeJS.ProcessEnv): Readonly<FanoutConfig> {
  return readConfig(
    FanoutConfig,
    {
      port: 'PORT',
      host: 'HOST',
      natsUrl: 'NATS_URL',
      redisUrl: 'REDIS_URL',
      publicKey: 'TOKEN_PUBLIC_KEY',
      node: 'NODE_ID',
      origins: 'ORIGINS',
      maxSockets: 'MAX_SOCKETS',
      handshakesPerS: 'HANDSHAKES_PER_S',
      drainMs: 'DRAIN_MS',
      segmentMs: 'EVERYONE_SEGMENT_MS',
      segmentMaxBytes: 'EVERYONE_SEGMENT_MAX_BYTES',
      maxBehind: 'PAGE_MAX_BEHIND',
      replicas: 'STREAM_REPLICAS',
      logLevel: 'LOG_LEVEL',
    },
    env,
  );
}
