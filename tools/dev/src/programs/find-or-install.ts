import { findProgram, ProgramMissing } from '@groundswell/launch';
import { Fault } from '../fault.js';
import { aptInstall } from './apt.js';
import type { Wanted } from './packages.js';
import { runToEnd } from './run.js';

export interface InstallOptions {
  /** False: what is missing is a fault. */
  allowed: boolean;
  say: (sentence: string) => void;
  signal: AbortSignal;
  /** PATH to search; default that of this process. */
  path?: string;
  onLine?: (line: string) => void;
}

/** Makes sure that programs are there, installing with apt where that needs no question. Throws `Fault`. */
export async function findOrInstall(wanted: readonly Wanted[], options: InstallOptions): Promise<void> {
  const missing = await missingOf(wanted, options.path);
  if (missing.length === 0) return;
  const names = missing.map(({ item }) => item.program).join(' and ');
  if (!options.allowed) throw new Fault(`Not found: ${names}; and --no-install was given. ${remedies(missing)}`);
  const as = await adminPrefix(options);
  if (!as) throw new Fault(remedies(missing));
  const packages = missing.map(({ item }) => item.package);
  options.say(
    `${names} not found: installing ${packages.join(', ')} with apt-get; no service is started, nothing is upgraded.`,
  );
  await aptInstall(packages, { as, ...options });
  const still = await missingOf(wanted, options.path);
  if (still.length > 0) throw new Fault(remedies(still));
}

interface Missing {
  item: Wanted;
  error: ProgramMissing;
}

async function missingOf(wanted: readonly Wanted[], path: string | undefined): Promise<Missing[]> {
  const looked = wanted.map(async (item): Promise<Missing | undefined> => {
    try {
      await findProgram(item.program, path === undefined ? {} : { path });
      return undefined;
    } catch (error) {
      if (error instanceof ProgramMissing) return { item, error };
      throw error;
    }
  });
  return (await Promise.all(looked)).filter((found) => found !== undefined);
}

function remedies(missing: readonly Missing[]): string {
  return missing.map(({ error }) => error.message).join('\n');
}

/** How to run apt-get as root without a question; undefined where that is not possible. */
async function adminPrefix({ path }: InstallOptions): Promise<string[] | undefined> {
  try {
    await findProgram('apt-get', path === undefined ? {} : { path });
  } catch {
    return undefined;
  }
  if (process.getuid?.() === 0) return [];
  const { code } = await runToEnd('sudo', ['-n', 'true']);
  return code === 0 ? ['sudo', '-n'] : undefined;
}
