import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const project = fileURLToPath(new URL('..', import.meta.url));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilDead(pids: number[]): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) throw new Error(`still alive after 5 s: ${pids.filter(isAlive).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A parent must be a process of its own that plain node runs, so the sources are compiled for it. */
describe('when the process that started them ends', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gs-orphans-'));
    const tsc = join(project, '../../node_modules/typescript/bin/tsc');
    const to = ['--outDir', join(dir, 'js'), '--tsBuildInfoFile', join(dir, 'info')];
    await promisify(execFile)(process.execPath, [tsc, '-p', join(project, 'tsconfig.json'), ...to]);
    await writeFile(join(dir, 'package.json'), '{"type":"module"}');
  }, 60_000);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it.each([
    ['by SIGKILL', 'setInterval(() => {}, 1000)', 'SIGKILL'],
    ['by SIGTERM', 'setInterval(() => {}, 1000)', 'SIGTERM'],
    ['by SIGINT', 'setInterval(() => {}, 1000)', 'SIGINT'],
    ['by process.exit', 'process.stdin.once("data", () => process.exit(0))', undefined],
    ['by an uncaught error', 'process.stdin.once("data", () => { throw new Error("planned") })', undefined],
  ] as const)('leaves nothing: %s', async (_, rest, by) => {
    const script = `
      import { startProcess } from ${JSON.stringify(pathToFileURL(join(dir, 'js/index.js')).href)};
      const tree = { command: '/bin/sh', args: ['-c', 'sleep 100 & echo $!; wait'], ready: /./ };
      const stopped = await startProcess(tree);
      const running = await startProcess(tree);
      await stopped.stop();
      console.log([running.pid, running.output[0]].join(' '));
      ${rest};
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
    const pids = chunk.toString().trim().split(' ').map(Number);
    expect(pids.filter(isAlive)).toHaveLength(2);
    if (by) parent.kill(by);
    else parent.stdin.write('go\n');
    await once(parent, 'exit');
    await untilDead(pids);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
