import { readFile } from 'node:fs/promises';

/** Beginning of the time that an id holds, Unix milliseconds. */
const ID_EPOCH_MS = 1_288_834_974_657n;

/** Times of messages, in milliseconds since the first, ascending: from a file of ids that hold their time. */
export async function readClock(file: string): Promise<number[]> {
  return parseClock(await readFile(file, 'utf8'), file);
}

export function parseClock(text: string, name: string): number[] {
  const times: number[] = [];
  let first: bigint | undefined;
  text.split('\n').forEach((line, index) => {
    const id = line.trim();
    if (id === '') return;
    if (!/^\d+$/.test(id)) throw new Error(`${name}: line ${index + 1} is not an id`);
    const ms = (BigInt(id) >> 22n) + ID_EPOCH_MS;
    first ??= ms;
    times.push(Number(ms - first));
  });
  return times.sort((a, b) => a - b);
}
