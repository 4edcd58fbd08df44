/** Up to so much is copied to go out in one write, which takes less time than a write for each. */
export const JOINED_MAX_BYTES = 16 * 1024;

let memory = Buffer.allocUnsafeSlow(JOINED_MAX_BYTES);

/**
 * Puts frames of `bytes` in all, at most `JOINED_MAX_BYTES`, together and writes them. All sockets share one piece of memory,
 * since most streams hand on at once what they are given; one that could not keeps it.
 */
export function writeJoined(
  frames: readonly Buffer[],
  bytes: number,
  stream: { write(frame: Buffer): boolean; readonly writableLength: number },
): boolean {
  let at = 0;
  for (const frame of frames) at += frame.copy(memory, at);
  const takesMore = stream.write(memory.subarray(0, bytes));
  if (stream.writableLength > 0) memory = Buffer.allocUnsafeSlow(JOINED_MAX_BYTES);
  return takesMore;
}
