import { MEMBER_ID } from '@groundswell/protocol';
import { registerDecorator, type ValidationArguments } from 'class-validator';

/** True for 1 … `max` pairs of two different member ids. */
export function areEdges(value: unknown, max: number): value is [string, string][] {
  return Array.isArray(value) && value.length >= 1 && value.length <= max && value.every(isEdge);
}

function isEdge(pair: unknown): boolean {
  return (
    Array.isArray(pair) &&
    pair.length === 2 &&
    pair.every((id) => typeof id === 'string' && MEMBER_ID.test(id)) &&
    pair[0] !== pair[1]
  );
}

/** Validates a list of pairs at once: nested classes for 500 pairs would cost more than the rest of the message. */
export function IsEdges(max: number): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isEdges',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) => areEdges(value, max),
        defaultMessage: ({ property }: ValidationArguments) =>
          `${property} must be 1 to ${max} pairs of two different member ids`,
      },
    });
  };
}
