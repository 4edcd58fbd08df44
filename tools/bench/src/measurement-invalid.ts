/** A figure cannot be trusted: something was lost, failed or could not be measured. The message says what. */
export class MeasurementInvalid extends Error {
  override readonly name = 'MeasurementInvalid';
  readonly code = 'measurement_invalid';
}
