import { readConfig, SERVER_VARIABLES, ServerConfig } from '@groundswell/runtime';
import { IsInt, IsString, Max, Min } from 'class-validator';

export class FanoutConfig extends ServerConfig {
  override port: number = 3002;

  /** Pages that may open sockets, separated by commas; empty: any. */
  @IsString()
  origins: string = '';

  /** Sockets that this machine can hold, whatever the lever `socket.max_per_node` allows. */
  @IsInt()
  @Min(100)
  @Max(1_000_000)
  maxSockets: number = 1_000_000;

  /** Caches in front that take `PURGE`, separated by commas. */
  @IsString()
  purge: string = '';

  /** Time to send everybody away when the node stops. */
  @IsInt()
  @Min(0)
  @Max(600_000)
  drainMs: number = 2_000;

  /** A file of this node alone, in which the last known levers are kept; empty: none. */
  @IsString()
  leversFile: string = '';
}

export function fanoutConfig(env: NodeJS.ProcessEnv): Readonly<FanoutConfig> {
  const variables = {
    ...SERVER_VARIABLES,
    origins: 'ORIGINS',
    maxSockets: 'MAX_SOCKETS',
    purge: 'PURGE_URLS',
    drainMs: 'DRAIN_MS',
    leversFile: 'LEVERS_FILE',
  };
  return readConfig(FanoutConfig, variables, env);
}
