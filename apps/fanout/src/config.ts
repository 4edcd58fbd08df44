import { readConfig, SERVER_VARIABLES, ServerConfig } from '@groundswell/runtime';
import { IsInt, IsString, Max, Min } from 'class-validator';

export class FanoutConfig extends ServerConfig {
  override port: number = 3002;

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
}

export function fanoutConfig(env: NodeJS.ProcessEnv): Readonly<FanoutConfig> {
  const variables = {
    ...SERVER_VARIABLES,
    origins: 'ORIGINS',
    maxSockets: 'MAX_SOCKETS',
    handshakesPerS: 'HANDSHAKES_PER_S',
    drainMs: 'DRAIN_MS',
    segmentMs: 'EVERYONE_SEGMENT_MS',
    segmentMaxBytes: 'EVERYONE_SEGMENT_MAX_BYTES',
    maxBehind: 'PAGE_MAX_BEHIND',
  };
  return readConfig(FanoutConfig, variables, env);
}
