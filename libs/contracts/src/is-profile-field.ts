import { profileFault, type ProfileField } from '@groundswell/protocol';
import { registerDecorator, type ValidationArguments } from 'class-validator';

/** A field of a profile, by the rules that the form in the page uses too. */
export function IsProfileField(): PropertyDecorator {
  return (target, propertyName) => {
    const field = propertyName as ProfileField;
    registerDecorator({
      name: 'isProfileField',
      target: target.constructor,
      propertyName: field,
      validator: {
        validate: (value: unknown) => profileFault(field, value) === undefined,
        defaultMessage: ({ value }: ValidationArguments) => `${field} ${profileFault(field, value) ?? 'fits'}`,
      },
    });
  };
}
