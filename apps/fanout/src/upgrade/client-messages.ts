import { AuthFields, HelloFields, ShowFields } from '@groundswell/contracts';
import type { ErrorCode } from '@groundswell/protocol';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

class PingFields {}

/** The messages that a client may send, by `t`, with the class that validates each. */
const CLASSES: Record<string, new () => object> = {
  hello: HelloFields,
  show: ShowFields,
  auth: AuthFields,
  ping: PingFields,
};

export type Parsed = { t: string; message: object } | { fault: ErrorCode; detail: string };

/** Parses and validates one text message. Every way to be wrong has an error code and a sentence. */
export function parseClientMessage(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'invalid_json', detail: 'Send one JSON object a message.' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { fault: 'invalid_message', detail: 'Send one JSON object a message.' };
  }
  const { t, ...fields } = value as Record<string, unknown>;
  const type = typeof t === 'string' && Object.hasOwn(CLASSES, t) ? CLASSES[t] : undefined;
  if (!type) return { fault: 'unknown_message', detail: `"t" must be one of ${Object.keys(CLASSES).join(', ')}.` };
  if (!isFlat(fields)) return { fault: 'invalid_message', detail: 'A field is a plain value or a cursor.' };
  const message = plainToInstance(type, fields);
  const errors = validateSync(message, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  // PingFields has no rules at all, which class-validator takes for an unknown value.
  const real = type === PingFields ? Object.keys(fields).map((field) => `unknown field ${field}`) : flatten(errors);
  return real.length > 0 ? { fault: 'invalid_message', detail: real.join('; ') } : { t: t as string, message };
}

/**
 * Whether fields hold plain values, or objects of plain values: no message has more. Conversion recurses, so that one
 * message of nested lists would exhaust the stack.
 */
function isFlat(fields: Record<string, unknown>): boolean {
  return Object.values(fields).every(
    (value) => isPlain(value) || (!Array.isArray(value) && Object.values(value as object).every(isPlain)),
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function flatten(errors: ValidationError[]): string[] {
  return errors.flatMap(({ constraints, children }) => [
    ...Object.values(constraints ?? {}),
    ...flatten(children ?? []),
  ]);
}
