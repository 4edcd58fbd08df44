import { printable } from './table.js';

/** Errors of the bus whose own words are for programs. */
const WORDS: Readonly<Record<string, string>> = {
  WrongLastSequence: 'Somebody else has just turned this lever: look at its history, then decide again.',
  PublishUnknown:
    'NATS did not answer, so it is not known whether the lever was turned: look with get, then try again.',
};

/** What a person reads of an error: one sentence, with what to do where that is known. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  const known = WORDS[error.name];
  if (known !== undefined) return known;
  const message = printable(error.message);
  const { remedy } = error as { remedy?: unknown };
  // Those of the bus begin small and end without a full stop.
  return typeof remedy === 'string' ? `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${remedy}` : message;
}
