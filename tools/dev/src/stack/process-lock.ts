import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Fault } from '../fault.js';

interface Holder {
  pid: number;
  /** When it started, as the system says it: a pid alone may belong to somebody else by now. */
  started: string;
  id: string;
}

export interface ProcessLock {
  release(): Promise<void>;
}

const ATTEMPTS = 3;

/** Takes a file that holds the pid of the one process that may use a folder. Throws `Fault` while that one lives. */
export async function takeLock(file: string, folder: string): Promise<ProcessLock> {
  const mine: Holder = { pid: process.pid, started: (await startOf(process.pid)) ?? '', id: randomUUID() };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (await create(file, mine)) return { release: () => release(file, mine) };
    const holder = await read(file);
    if (holder && (await startOf(holder.pid)) === holder.started) break;
    await removeDead(file, holder, mine);
  }
  const pid = (await read(file))?.pid;
  throw new Fault(
    `The data folder ${folder} is in use by another start${pid ? ` (process ${pid})` : ''}: stop that one, or choose another folder with --data.`,
  );
}

/** Makes the file with its content in one step: nobody sees it without. False when there is one. */
async function create(file: string, mine: Holder): Promise<boolean> {
  const draft = `${file}.${mine.id}`;
  try {
    await writeFile(draft, JSON.stringify(mine));
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock of a dead holder, and not that of somebody who has just done the same and taken the place. */
async function removeDead(file: string, dead: Holder | undefined, mine: Holder): Promise<void> {
  const aside = `${file}.${mine.id}.dead`;
  try {
    await rename(file, aside);
    if ((await read(aside))?.id !== dead?.id) await link(aside, file);
  } catch {
    // Somebody else was quicker; the next attempt shows who.
  } finally {
    await rm(aside, { force: true });
  }
}

async function release(file: string, mine: Holder): Promise<void> {
  if ((await read(file))?.id === mine.id) await rm(file, { force: true });
}

async function read(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** When a process started, in whatever words the system has for it; undefined when there is no such process. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      // Field 22; the second, the command's name in brackets, may hold anything.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
