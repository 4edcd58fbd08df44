import { Fault } from '../fault.js';
import { quietServices } from './quiet-services.js';
import { runToEnd, type Finished } from './run.js';

const INSTALL = ['install', '-y', '--no-install-recommends', '--no-upgrade'];

/** Runs its arguments as a program and ends it when standard input closes: also one that belongs to root. */
const ENDS_WITH_INPUT = `exec 3<&0
"$@" </dev/null &
child=$!
{ read -r _ <&3; kill -s TERM "$child" 2>/dev/null; } &
watch=$!
wait "$child"
code=$?
kill "$watch" 2>/dev/null
exit "$code"`;

export interface AptOptions {
  /** `[]` for root, `['sudo', '-n']` otherwise. */
  as: readonly string[];
  say: (sentence: string) => void;
  onLine?: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Installs packages with apt: asks nothing, starts no service, upgrades nothing. Interrupted while it downloads, it stops
 * at once; while it unpacks, which takes seconds, it finishes, since half an installation would have to be repaired by hand.
 */
export async function aptInstall(packages: readonly string[], options: AptOptions): Promise<void> {
  const { say, signal } = options;
  const names = packages.join(', ');
  let plan = await apt(['-s', ...INSTALL, ...packages], options);
  if (plan.code !== 0) {
    say('Updating the package lists (apt-get update)…');
    await apt(['update'], options);
    plan = await apt(['-s', ...INSTALL, ...packages], options);
  }
  signal.throwIfAborted();
  if (plan.code !== 0) throw new Fault(`apt-get cannot install ${names}: ${lastError(plan)}`);
  const touched = changesOf(plan.output);
  if (touched.length > 0) {
    throw new Fault(
      `Installing ${names} would change or remove ${touched.join(', ')}, which is left to you: run apt-get install ${packages.join(' ')}.`,
    );
  }
  let fetched = await apt([...INSTALL, '--download-only', ...packages], options);
  if (fetched.code !== 0 && !signal.aborted) {
    say('The package lists are out of date; updating them (apt-get update)…');
    await apt(['update'], options);
    fetched = await apt([...INSTALL, '--download-only', ...packages], options);
  }
  signal.throwIfAborted();
  if (fetched.code !== 0) throw new Fault(`apt-get could not download ${names}: ${lastError(fetched)}`);
  await unpack(packages, options);
  signal.throwIfAborted();
}

async function unpack(packages: readonly string[], options: AptOptions): Promise<void> {
  const services = await quietServices();
  const uninterrupted = { ...options, signal: new AbortController().signal };
  try {
    const done = await apt([...services.options, ...INSTALL, '--no-download', ...packages], uninterrupted);
    if (done.code !== 0) throw new Fault(`apt-get could not install ${packages.join(', ')}: ${lastError(done)}`);
  } finally {
    await services.remove();
  }
}

function apt(args: readonly string[], { as, onLine, signal }: AptOptions): Promise<Finished> {
  const settings = ['DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', 'NEEDRESTART_SUSPEND=1'];
  const command = ['env', ...settings, 'apt-get', '-o', 'DPkg::Lock::Timeout=60', ...args];
  const [first, ...rest] = [...as, 'sh', '-c', ENDS_WITH_INPUT, 'sh', ...command] as [string, ...string[]];
  return runToEnd(first, rest, { signal, ...(onLine ? { onLine } : {}) });
}

/** Packages that a plan would upgrade (`Inst name [old] (new …)`) or remove. */
export function changesOf(plan: string): string[] {
  return [...plan.matchAll(/^(?:Inst (\S+) \[|Remv (\S+))/gm)].map(
    ([, upgraded, removed]) => upgraded ?? removed ?? '',
  );
}

function lastError({ output }: Finished): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => line.startsWith('E:')) ?? lines.at(-1) ?? 'it says nothing').replace(/^E: /, '');
}
