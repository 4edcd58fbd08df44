/** A message of an archive, in the archive's order. */
export interface SourceMessage {
  /** Nick or account, as the archive has it. */
  author: string;
  text: string;
  /** Index of the message that it answers; always lower than its own. */
  parent?: number;
}
