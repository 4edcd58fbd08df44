/** What comes to the server that is measured. */
export interface Feed {
  /** Hands over the next status; returns its id. */
  status: () => string;
  /** Rejects when a status could not be handed over. */
  flushed: () => Promise<void>;
}
