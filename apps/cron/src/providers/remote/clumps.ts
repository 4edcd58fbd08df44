/** In order, none longer than `size`. */
export function* chunksOf<T>(size: number, things: readonly T[]): Generator<T[]> {
  for (let from = 0; from < things.length; from += size) yield things.slice(from, from + size);
}

/** Calls `act` for each, at most `limit` of them at the same time; the results in the order of the things. */
export async function eachAtMost<T, R>(
  limit: number,
  things: readonly T[],
  act: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = Array.from({ length: things.length });
  let taken = 0;
  const work = async (): Promise<void> => {
    while (taken < things.length) {
      const index = taken++;
      results[index] = await act(things[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, things.length) }, work));
  return results;
}
