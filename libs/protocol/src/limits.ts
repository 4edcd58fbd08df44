/** Sizes that both sides must agree on. Bytes unless said otherwise. */

/** Largest frame that a client may send; a larger one closes with 1009. */
export const CLIENT_FRAME_MAX_BYTES = 16_384;

/** Time a socket has for its hello, milliseconds (W1). */
export const HELLO_TIMEOUT_MS = 5_000;

/** Stories in a snapshot. */
export const SNAPSHOT_STORIES = 30;

/** Comments shown inline with a story in a snapshot. */
export const INLINE_COMMENTS = 3;

/** Longest display name, code points. */
export const NAME_MAX_CHARS = 60;
