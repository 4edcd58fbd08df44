import { random } from '@groundswell/testing';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SIZE = 26;
const WAVES = 4;
const MISSING = 9;
const ABSENT = 10;

/** Changes from one wave to the next, of cells that are known in both. */
export interface Turn {
  gained: number;
  lost: number;
}

/** Waves of the same form and size as the real ones, and what changes in them, counted while they are made. */
export async function makeWaves(folder: string, seed: number): Promise<Turn[]> {
  const { next, int } = random(seed);
  await mkdir(folder, { recursive: true });
  const turns: Turn[] = [];
  let before: number[][] | undefined;
  for (let wave = 1; wave <= WAVES; wave++) {
    const away = int(1, SIZE - 1);
    const silent = int(1, SIZE - 1);
    const last = before;
    const turn: Turn = { gained: 0, lost: 0 };
    const cells = Array.from({ length: SIZE }, (_, row) =>
      Array.from({ length: SIZE }, (__, column) => {
        const old = last?.[row]?.[column];
        const isKnown = old === 0 || old === 1;
        if (row === away || column === away) return ABSENT;
        if (row === silent) return MISSING;
        if (!isKnown || row === column) return next() < 0.2 ? 1 : 0;
        const isTurned = next() < 0.12;
        if (isTurned) turn[old === 1 ? 'lost' : 'gained']++;
        return isTurned ? 1 - old : old;
      }),
    );
    await writeFile(join(folder, `made-net-${wave}.dat`), `${cells.map((row) => row.join(' ')).join('\n')}\n`);
    if (last) turns.push(turn);
    before = cells;
  }
  return turns;
}
