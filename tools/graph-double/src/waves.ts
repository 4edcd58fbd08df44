import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultHandle, type Profile } from './profile.js';
import type { Listed, View, World } from './world.js';

/** The folder holds no waves that can be served; the message says what is wrong with which file. */
export class WavesUnreadable extends Error {
  override readonly name = 'WavesUnreadable';
  readonly code = 'waves_unreadable';
}

/** A wave: row i, column j says whether member i names member j. */
export type Matrix = readonly (readonly number[])[];

const NAMED = 1;
const NOT_NAMED = 0;
/** Nobody knows. */
const MISSING = 9;
/** The member was not there. */
const ABSENT = 10;
const CELLS = new Set([NAMED, NOT_NAMED, MISSING, ABSENT]);

/** Reads the files `*-1.dat`, `*-2.dat` … of a folder. Throws `WavesUnreadable`. */
export async function readWaves(folder: string): Promise<Matrix[]> {
  const names = await readdir(folder).catch((cause: Error) => {
    throw new WavesUnreadable(`${folder} cannot be read: ${cause.message}`, { cause });
  });
  const numbered = names.flatMap((name) => {
    const number = /-(\d+)\.dat$/.exec(name)?.[1];
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  if (numbered.length === 0) throw new WavesUnreadable(`${folder} has no files that end in -1.dat, -2.dat …`);
  numbered.sort((a, b) => a.number - b.number);
  const waves = await Promise.all(
    numbered.map(async ({ name }) => parseWave(await readFile(join(folder, name), 'utf8'), name)),
  );
  const size = waves[0]!.length;
  const other = waves.findIndex((wave) => wave.length !== size);
  if (other >= 0) {
    throw new WavesUnreadable(
      `${numbered[other]!.name} has ${waves[other]!.length} rows, ${numbered[0]!.name} ${size}.`,
    );
  }
  return waves;
}

/** Reads one matrix of 0, 1, 9 (missing) and 10 (absent). Throws `WavesUnreadable`. */
export function parseWave(text: string, name: string): Matrix {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  return rows.map((line, index) => {
    const cells = line.trim().split(/\s+/).map(Number);
    if (cells.length !== rows.length) {
      throw new WavesUnreadable(`${name}, row ${index + 1}: ${cells.length} cells in a matrix of ${rows.length} rows.`);
    }
    const odd = cells.find((cell) => !CELLS.has(cell));
    if (odd !== undefined) throw new WavesUnreadable(`${name}, row ${index + 1}: a cell is ${odd}, not 0, 1, 9 or 10.`);
    return cells;
  });
}

/**
 * The members are `1` … `n`; an API that names them otherwise has the number first in their name. Member k has the token
 * `token-k`. Naming is told as following.
 */
export class WaveWorld implements World {
  #wave = 0;

  constructor(readonly waves: readonly Matrix[]) {}

  /** From 1. */
  get wave(): number {
    return this.#wave + 1;
  }

  /** Throws a `RangeError` when there is no such wave. */
  turnTo(wave: number): void {
    if (!this.waves[wave - 1]) throw new RangeError(`There is no wave ${wave}: there are ${this.waves.length}.`);
    this.#wave = wave - 1;
  }

  get #matrix(): Matrix {
    return this.waves[this.#wave]!;
  }

  owner(token: string): string | undefined {
    const number = /^token-(\d+)$/.exec(token)?.[1];
    return number !== undefined && this.has(number) ? number : undefined;
  }

  has(member: string): boolean {
    return this.#matrix[indexOf(member)] !== undefined;
  }

  view(viewer: string, subject: string): View {
    const cell = viewer === subject ? undefined : this.#matrix[indexOf(subject)]?.[indexOf(viewer)];
    switch (cell) {
      case NAMED:
      case NOT_NAMED:
        return { kind: 'shown', follows: cell === NAMED };
      case MISSING:
        return { kind: 'silent' };
      default:
        return { kind: 'gone' };
    }
  }

  profile(member: string): Profile | undefined {
    if (!this.has(member)) return undefined;
    return { id: member, name: `Member ${indexOf(member) + 1}`, handle: defaultHandle(member) };
  }

  resolve(handle: string): string | undefined {
    const number = /^(\d+)\.members\.example$/i.exec(handle)?.[1];
    return number !== undefined && this.has(number) ? `did:web:${number}.members.example` : undefined;
  }

  followers(of: string): readonly Listed[] {
    return this.#matrix.flatMap((_, index) => {
      const id = named(of, index + 1);
      const view = this.view(of, id);
      return view.kind === 'shown' && view.follows ? [{ id, place: index + 1 }] : [];
    });
  }
}

/** The same form of name for another number. */
function named(member: string, number: number): string {
  return member.replace(/\d+/, String(number));
}

/** `7` and `did:web:7.members.example` are the seventh. */
function indexOf(member: string): number {
  return Number(/^(?:did:web:)?(\d+)(?:\.|$)/.exec(member)?.[1] ?? 0) - 1;
}
