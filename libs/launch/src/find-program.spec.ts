import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramMissing } from './errors.js';
import { findProgram } from './find-program.js';

describe('findProgram', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gs-find-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('takes extra folders before PATH', async () => {
    await writeFile(join(dir, 'sh'), '#!/bin/sh\n');
    await chmod(join(dir, 'sh'), 0o755);
    expect(await findProgram('sh', { extraDirs: [dir] })).toBe(join(dir, 'sh'));
    expect(await findProgram('sh')).toMatch(/^\/.*\/sh$/);
  });

  it('ignores folders and files that cannot be executed', async () => {
    await mkdir(join(dir, 'groundswell-folder'));
    await writeFile(join(dir, 'groundswell-text'), 'text', { mode: 0o644 });
    await expect(findProgram('groundswell-folder', { path: dir })).rejects.toBeInstanceOf(ProgramMissing);
    await expect(findProgram('groundswell-text', { path: dir })).rejects.toBeInstanceOf(ProgramMissing);
  });

  it('says how to install a server that is missing', () => {
    const { message } = new ProgramMissing('nats-server', ['/nowhere', '/usr/sbin']);
    expect(message).toContain('nats-server was not found in /nowhere, /usr/sbin.');
    expect(message).toContain('sudo apt-get install nats-server');
    expect(message).toContain('brew install nats-server');
    expect(message).toContain('docker compose');
  });
});
