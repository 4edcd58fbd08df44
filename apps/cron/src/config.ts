import { RULES, THRESHOLDS, type Rules, type Thresholds } from '@groundswell/relations';
import { ConfigInvalid, LOOPBACK_URL, readConfig, SERVER_VARIABLES, ServerConfig } from '@groundswell/runtime';
import { IsInt, IsNumber, IsOptional, Matches, Max, Min } from 'class-validator';
import { mailConfig, type MailConfig } from './mail/mail-config.js';
import { providerConfig, type ProviderConfig } from './providers/provider-config.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export class CronConfig extends ServerConfig {
  override port: number = 3003;

  /** How often those who are due are looked for, milliseconds. The same in all replicas. */
  @IsInt()
  @Min(1_000)
  @Max(HOUR)
  slotMs: number = MINUTE;

  /** Between two looks at a watcher's friends when nothing is going on, milliseconds. */
  @IsInt()
  @Min(15 * MINUTE)
  @Max(7 * 24 * HOUR)
  usualMs: number = 6 * HOUR;

  /** Two looks that confirm a change are so far apart at least, milliseconds. */
  @IsInt()
  @Min(MINUTE)
  @Max(24 * HOUR)
  confirmMs: number = RULES.confirmMs;

  /** So long a change stands before anybody is told, milliseconds. */
  @IsInt()
  @Min(0)
  @Max(7 * 24 * HOUR)
  settleMs: number = RULES.settleMs;

  /** A look in which more than this share of a watcher's pairs, at least so many, have changed is not believed. */
  @IsNumber()
  @Min(0)
  @Max(1)
  watcherShare: number = THRESHOLDS.watcher.share;

  @IsInt()
  @Min(1)
  watcherPairs: number = THRESHOLDS.watcher.atLeast;

  /** The same for all looks at a provider in the time between two that confirm a change. */
  @IsNumber()
  @Min(0)
  @Max(1)
  providerShare: number = THRESHOLDS.provider.share;

  @IsInt()
  @Min(1)
  providerPairs: number = THRESHOLDS.provider.atLeast;

  /** Tasks that are worked off together. */
  @IsInt()
  @Min(1)
  @Max(1_000)
  clump: number = 100;

  /** Clumps of a provider that are worked off at the same time. */
  @IsInt()
  @Min(1)
  @Max(16)
  clumpsAtOnce: number = 3;

  /** A task that nobody ends is handed out again after so long, milliseconds. */
  @IsInt()
  @Min(200)
  @Max(HOUR)
  ackWaitMs: number = MINUTE;

  /** How often the clock is looked at, milliseconds. */
  @IsInt()
  @Min(10)
  @Max(MINUTE)
  lookEveryMs: number = 1_000;

  /** For tests: who says what time it is, on this machine. */
  @IsOptional()
  @Matches(LOOPBACK_URL, { message: 'clockUrl must be http://127.0.0.1:port/path' })
  clockUrl?: string = undefined;
}

export function rulesOf({ confirmMs, settleMs }: CronConfig): Rules {
  return { confirmMs, settleMs };
}

export function thresholdsOf({ watcherShare, watcherPairs, providerShare, providerPairs }: CronConfig): Thresholds {
  return {
    watcher: { share: watcherShare, atLeast: watcherPairs },
    provider: { share: providerShare, atLeast: providerPairs },
  };
}

const VARIABLES: { readonly [K in keyof CronConfig]: string } = {
  ...SERVER_VARIABLES,
  slotMs: 'SLOT_MS',
  usualMs: 'CHECK_EVERY_MS',
  confirmMs: 'CONFIRM_MS',
  settleMs: 'SETTLE_MS',
  watcherShare: 'WATCHER_BREAKER_SHARE',
  watcherPairs: 'WATCHER_BREAKER_PAIRS',
  providerShare: 'PROVIDER_BREAKER_SHARE',
  providerPairs: 'PROVIDER_BREAKER_PAIRS',
  clump: 'TASKS_AT_ONCE',
  clumpsAtOnce: 'CLUMPS_AT_ONCE',
  ackWaitMs: 'ACK_WAIT_MS',
  lookEveryMs: 'LOOK_EVERY_MS',
  clockUrl: 'CLOCK_URL',
};

export interface Settings {
  cron: Readonly<CronConfig>;
  providers: Readonly<ProviderConfig>;
  /** Absent: no letters go out from here. */
  mail: MailConfig | undefined;
}

/** Reads all settings. Throws `ConfigInvalid` with every fault. */
export function cronSettings(env: NodeJS.ProcessEnv): Settings {
  const faults: string[] = [];
  const read = <T>(of: () => T): T | undefined => {
    try {
      return of();
    } catch (error) {
      if (!(error instanceof ConfigInvalid)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const cron = read(() => readConfig(CronConfig, VARIABLES, env));
  const providers = read(() => providerConfig(env));
  const mail = read(() => mailConfig(env));
  if (env['CLOCK_URL'] && env['NODE_ENV'] === 'production') {
    faults.push('CLOCK_URL is for tests: with NODE_ENV=production the time is that of the machine. Remove one of them');
  }
  if (faults.length > 0) throw new ConfigInvalid(faults);
  return { cron: cron!, providers: providers!, mail };
}
