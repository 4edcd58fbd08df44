/** A log, and where it ends. */
export interface LogPosition {
  /** Creation of the log, Unix milliseconds. */
  created: number;
  lastSeq: number;
}
