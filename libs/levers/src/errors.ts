export type LeverRefusal =
  | 'lever_unknown'
  | 'lever_kind'
  | 'lever_range'
  | 'lever_shrinks'
  | 'lever_lease'
  | 'lever_record';

/** A lever or a value for it is not acceptable; nothing has changed. The message says what is. */
export class LeverRefused extends Error {
  override readonly name = 'LeverRefused';

  constructor(
    readonly code: LeverRefusal,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
