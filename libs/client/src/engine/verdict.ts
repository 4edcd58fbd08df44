/**
 * What a tab's bookkeeping says of a frame.
 * - `apply`: next in order; the cursor has moved.
 * - `stale`: an older epoch or position (N2): ignored whole.
 * - `fault`: out of order in a way that a correct server cannot cause: reconnect with the cursor.
 * - `gap`: a mark proves that frames are missing (W3).
 */
export type Verdict = 'apply' | 'stale' | 'fault' | 'gap';
