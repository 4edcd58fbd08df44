/** Something that the person who started the command has to mend: one clear sentence, and exit code 1. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code = 'fault';
}

/** The sentence of an error: ours and those of `@groundswell/launch` are written for people; others are introduced. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Fault) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { remedy } = error as { remedy?: unknown };
  if (typeof remedy !== 'string') return `Something failed that should not: ${error.stack ?? error.message}`;
  return error.message.includes(remedy) || error.message.includes('\n') ? error.message : `${error.message} ${remedy}`;
}
