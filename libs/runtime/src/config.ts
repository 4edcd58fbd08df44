import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** The environment does not fit; `faults` has a line for each variable that is wrong, so that all are mended at once. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly code = 'config_invalid';

  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not valid:\n  ${faults.join('\n  ')}`);
  }
}

/**
 * Reads a configuration class from the environment, validates and freezes it. `variables` names the environment
 * variable of each field; unset ones keep the field's default. Values are converted by the
 * declared type of the field, so every field needs one (`port: number = 3000`): an inferred one leaves no metadata.
 */
export function readConfig<T extends object>(
  type: new () => T,
  variables: { [K in keyof T]: string },
  env: Readonly<Record<string, string | undefined>>,
): Readonly<T> {
  const given: Record<string, string> = {};
  for (const [field, variable] of Object.entries<string>(variables)) {
    const value = env[variable];
    if (value !== undefined && value !== '') given[field] = value;
  }
  const config = plainToInstance(type, given, { enableImplicitConversion: true, exposeDefaultValues: true });
  const faults = validateSync(config).map((error) => describe(error, variables));
  if (faults.length > 0) throw new ConfigInvalid(faults);
  return Object.freeze(config);
}

function describe({ property, constraints }: ValidationError, variables: object): string {
  const variable = (variables as Record<string, string>)[property] ?? property;
  const rules = Object.values(constraints ?? {}).map((rule) => rule.replaceAll(property, variable));
  return rules.join('; ');
}
