import { ValidateIf } from 'class-validator';

/**
 * A field that may be left out. Unlike `IsOptional` it refuses `null`: stored, that would be a message that no reader
 * understands.
 */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
