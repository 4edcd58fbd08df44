import { textFault, TEXT_FAULTS } from '@groundswell/protocol';
import { registerDecorator, type ValidationArguments } from 'class-validator';

/** A text that may be posted, by the rules that the composer in the page uses too. */
export function IsPostable(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isPostable',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && textFault(value) === undefined,
        defaultMessage: ({ value }: ValidationArguments) => {
          const fault = typeof value === 'string' ? textFault(value) : undefined;
          return fault ? TEXT_FAULTS[fault] : 'text must be a string';
        },
      },
    });
  };
}
