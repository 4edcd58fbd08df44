import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { Problem } from '@groundswell/protocol';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ProblemError } from './problem-error.js';

const UNTYPED = new Set<unknown>([Object, Function, Array]);

/**
 * Validates bodies by their class and refuses what the class does not name. A body whose class has been lost (an
 * `import type` in a controller) would pass unchecked: that is a fault of ours, reported at the first request.
 */
export class StrictPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    // Parts of the address have pipes of their own.
    if (type !== 'body') return value;
    if (!metatype || UNTYPED.has(metatype)) throw new TypeError('the body of a handler has no class to validate by');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ProblemError('invalid_json', 'Send a JSON object.');
    }
    const body = toInstance(metatype as new () => object, value);
    const errors = validateSync(body, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
    if (errors.length > 0) throw new ProblemError(problemCode(errors), sentence(errors), { errors: list(errors) });
    return body;
  }
}

function toInstance(type: new () => object, value: object): object {
  try {
    return plainToInstance(type, value);
  } catch (error) {
    // Conversion recurses: lists in lists in lists exhaust the stack.
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError('invalid_body', 'The body nests too deep: send what the command names.', { cause: error });
  }
}

/** A text that breaks the rules for texts is a request understood and refused; anything else is a malformed body. */
function problemCode(errors: ValidationError[]): 'invalid_text' | 'invalid_body' {
  const onlyText = errors.every(({ constraints, value }) => constraints?.['isPostable'] && typeof value === 'string');
  return onlyText ? 'invalid_text' : 'invalid_body';
}

function sentence(errors: ValidationError[]): string {
  return list(errors)
    .map(({ message }) => message)
    .join('; ');
}

function list(errors: ValidationError[]): NonNullable<Problem['errors']> {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((message) => ({ at: `/${property}`, message })),
    ...list(children ?? []).map(({ at, message }) => ({ at: `/${property}${at}`, message })),
  ]);
}
