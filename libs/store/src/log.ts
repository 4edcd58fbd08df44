/** Where the store says what happened; a pino logger fits. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export const SILENT: Log = { info: () => undefined, warn: () => undefined };
