import { eventually, useTempDir } from '@groundswell/testing';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { commandOf, listens, ROOT, run, type Run } from './start-process.js';
import { textIn } from './stored-text.js';

const MINUTES = 60_000;
/** Installing on a slow machine with an empty cache. */
const INSTALL_MS = 6 * MINUTES;

const git = async (...args: string[]) =>
  (await promisify(execFile)('git', args, { cwd: ROOT, maxBuffer: 1 << 26 })).stdout;

/** A clone, with what is not committed yet on top, so that the test judges the sources that are here. */
async function clone(to: string): Promise<void> {
  await git('clone', '--quiet', '--no-hardlinks', ROOT, to);
  const changed = await git('ls-files', '-z', '--modified', '--deleted', '--others', '--exclude-standard');
  for (const path of new Set(changed.split('\0').filter(Boolean))) {
    if (!existsSync(join(ROOT, path))) {
      await rm(join(to, path), { force: true });
      continue;
    }
    await mkdir(dirname(join(to, path)), { recursive: true });
    await copyFile(join(ROOT, path), join(to, path));
  }
}

/** nats-server and redis-server of a run, by process id and command line; undefined until both are there. */
async function serversOf(started: Run): Promise<{ pid: number; url: string }[] | undefined> {
  const found = (await started.alive()).map(async (pid) => {
    const command = await commandOf(pid).catch(() => '');
    const [, port] = /nats-server .*-p (\d+)|redis-server 127\.0\.0\.1:(\d+)/.exec(command)?.filter(Boolean) ?? [];
    return port ? [{ pid, url: `http://127.0.0.1:${port}` }] : [];
  });
  const servers = (await Promise.all(found)).flat();
  return servers.length === 2 ? servers : undefined;
}

describe('a fresh clone', () => {
  const dir = useTempDir();
  let repository: string;
  beforeAll(async () => {
    repository = join(dir.path, 'groundswell');
    await clone(repository);
  }, MINUTES);

  /** As production machines are set up: development packages have to be asked for. */
  const npmStart = (...args: string[]) => {
    const place = { folder: dir.path, cwd: repository, env: { NODE_ENV: 'production' } };
    return run('npm', ['start', '--', '--once', ...args], place);
  };

  /** Interrupts it when its progress says so; resolves to what was left. */
  async function interruptAt(progress: string): Promise<{ run: Run; code: number; ms: number; left: number[] }> {
    const started = npmStart();
    await eventually(() => started.output.stderr.includes(progress), { timeoutMs: INSTALL_MS, message: progress });
    // Its children have begun: npm or the build, with what they start.
    await eventually(async () => (await started.alive()).length > 2, { timeoutMs: MINUTES });
    const before = performance.now();
    started.interrupt();
    const code = await started.exited;
    const ms = performance.now() - before;
    await eventually(async () => (await started.alive()).length === 0, { message: 'no process is left' });
    return { run: started, code, ms, left: await started.alive() };
  }

  it(
    'survives Ctrl-C while it installs and while it builds, and then does everything by itself',
    async () => {
      expect(existsSync(join(repository, 'node_modules'))).toBe(false);
      expect(await interruptAt('Installing packages')).toMatchObject({ code: 130, left: [] });
      const building = await interruptAt('Building');
      expect(building).toMatchObject({ code: 130, left: [] });
      expect(building.ms).toBeLessThan(5_000);

      const data = join(dir.path, 'data');
      const started = npmStart('--data', data);
      const servers = await eventually(() => serversOf(started), { timeoutMs: INSTALL_MS, message: 'the servers run' });
      const code = await started.exited;
      expect([code, code === 0 ? '' : started.output.stderr]).toEqual([0, '']);
      const [, position] =
        /Posted \S{16}, stored at position (\d+), seen in Everyone in segment 1\.\n$/.exec(started.output.stdout) ?? [];
      expect(await textIn(data, Number(position))).toContain('#firstlight');
      await eventually(async () => (await started.alive()).length === 0, { message: 'no process is left' });
      expect(await Promise.all(servers.map(({ url }) => listens(url)))).toEqual([false, false]);
    },
    3 * INSTALL_MS,
  );
});
