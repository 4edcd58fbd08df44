import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Structured log: one JSON line an entry, on standard output. */
export type Log = Logger;

/** A log for a process. Texts of members and tokens never go into it. */
export function createLog(app: string, level = 'info'): Log {
  return pino({ name: app, level, base: { app, pid: process.pid }, redact: ['token', '*.token', 'authorization'] });
}

/** Lets Nest write to the same log. Its routine messages are of no use to an operator: they go to `debug`. */
export function nestLogger(log: Log): LoggerService {
  return {
    log: (message: unknown) => log.debug({ message }),
    verbose: (message: unknown) => log.trace({ message }),
    debug: (message: unknown) => log.debug({ message }),
    warn: (message: unknown) => log.warn({ message }),
    error: (message: unknown, stack?: string) => log.error({ message, stack }),
    fatal: (message: unknown, stack?: string) => log.fatal({ message, stack }),
  };
}
