import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, startProcess } from '@groundswell/launch';
import { sentenceOf } from '../fault.js';
import { findChromium } from '../programs/find-chromium.js';
import { findOrInstall } from '../programs/find-or-install.js';
import { CHROMIUM, NATS, REDIS } from '../programs/packages.js';
import { colorsFor } from '../screen/colors.js';
import { browserSpecs, ignorePattern } from '../verdict/browser-specs.js';
import { verdictLine, verdictOf, type JestResult } from '../verdict/verdict.js';
import { onInterrupt } from './interruption.js';

/** Steps before Jest: scripts of the root's package.json. */
const CHECKS = [
  { script: 'format:check', title: 'Format' },
  { script: 'lint', title: 'Lint' },
  { script: 'types', title: 'Types' },
  { script: 'boundaries', title: 'Boundaries' },
];

/** Not installed for the tests alone: nothing else here uses them. */
const CACHES = [
  { program: 'nginx', spec: 'tools/edge/test/nginx.spec.ts' },
  { program: 'varnishd', spec: 'tools/edge/test/varnish.spec.ts' },
];

const { green, red, yellow, dim } = colorsFor(process.stderr);
const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);

/**
 * Checks everything: format, lint, types, boundaries, all specs. With arguments, only Jest runs, and gets them. Every
 * step runs, whatever failed before it; the last line of standard output counts. Resolves to the exit code.
 */
export async function test(args: readonly string[], root: string): Promise<number> {
  const interruption = onInterrupt();
  const { signal } = interruption;
  try {
    const needs = await prepare(root, signal);
    let failedSteps = needs.faults;
    for (const { script, title } of args.length > 0 ? [] : CHECKS) {
      if (!(await check(title, script, { root, signal }))) failedSteps++;
    }
    const jest = await runJest([...args, ...needs.jestArgs], { root, signal, env: needs.env });
    const verdict = verdictOf({ failedSteps, jest: jest.result, jestCode: jest.code, leftOut: needs.leftOut });
    process.stdout.write(`${verdictLine(verdict)}\n`);
    return verdict.failed === 0 ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return interruption.code;
    throw error;
  }
}

interface Needs {
  /** Programs without which the tests cannot pass, and that are missing. */
  faults: number;
  leftOut: number;
  jestArgs: string[];
  env: NodeJS.ProcessEnv;
}

/** Servers are a must; a platform without a browser or a cache leaves their tests out, loudly. */
async function prepare(root: string, signal: AbortSignal): Promise<Needs> {
  const options = { allowed: true, say: (sentence: string) => tell(`  ${sentence}`), signal };
  const needs: Needs = { faults: 0, leftOut: 0, jestArgs: [], env: process.env };
  await findOrInstall([NATS, REDIS], options).catch((error: unknown) => {
    signal.throwIfAborted();
    needs.faults++;
    tell(`${red('✗')} ${sentenceOf(error)}`);
  });
  for (const { program, spec } of CACHES) {
    await findProgram(program).catch((error: unknown) => leaveOut(needs, [spec], error));
  }
  const chromium = await findChromium(process.env);
  if (chromium !== undefined) return { ...needs, env: { ...process.env, CHROMIUM: chromium } };
  try {
    await findOrInstall([CHROMIUM], options);
  } catch (error) {
    signal.throwIfAborted();
    tell('There is no Chromium. Install one, or name it in $CHROMIUM.');
    leaveOut(needs, await browserSpecs(root), error);
  }
  return needs;
}

function leaveOut(needs: Needs, specs: readonly string[], why: unknown): void {
  tell(`${yellow('SKIPPED')} ${specs.join(', ')}: ${sentenceOf(why)}`);
  needs.leftOut += specs.length;
  needs.jestArgs.push(...specs.flatMap((spec) => ['--testPathIgnorePatterns', ignorePattern(spec)]));
}

interface Place {
  root: string;
  signal: AbortSignal;
}

/** Runs a script; shows its output only when it fails. */
async function check(title: string, script: string, { root, signal }: Place): Promise<boolean> {
  const since = performance.now();
  const lines: string[] = [];
  const code = await runScript(['run', '--silent', script], { root, signal, env: process.env }, (line) =>
    lines.push(line),
  );
  const took = dim(`(${((performance.now() - since) / 1000).toFixed(1)} s)`);
  tell(code === 0 ? `${green('✓')} ${title} ${took}` : `${red('✗')} ${title} ${took}\n${lines.join('\n')}`);
  return code === 0;
}

async function runJest(
  args: readonly string[],
  place: Place & { env: NodeJS.ProcessEnv },
): Promise<{ code: number; result: JestResult | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-test-'));
  const file = join(folder, 'result.json');
  try {
    const run = ['run', '--silent', 'test:jest', '--', '--json', `--outputFile=${file}`, ...args];
    // Jest says how it goes on standard error; its standard output would only repeat the result.
    const code = await runScript(run, place, tell);
    const result = await readFile(file, 'utf8').then(
      (text) => JSON.parse(text) as JestResult,
      () => undefined,
    );
    return { code, result };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runScript(
  args: readonly string[],
  { root, signal, env }: Place & { env: NodeJS.ProcessEnv },
  onLine: (line: string) => void,
): Promise<number> {
  const npm = env['npm_execpath']?.endsWith('npm-cli.js') ? [process.execPath, env['npm_execpath']] : ['npm'];
  const [command, ...first] = npm as [string, ...string[]];
  const running = await startProcess({ command, args: [...first, ...args], cwd: root, env, onLine, signal });
  const stop = () => void running.stop({ graceMs: 2_000 });
  signal.addEventListener('abort', stop);
  const { code } = await running.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return code ?? 1;
}
