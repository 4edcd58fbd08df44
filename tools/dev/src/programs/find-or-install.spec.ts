import { useTempDir } from '@groundswell/testing';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOrInstall } from './find-or-install.js';
import { NATS, REDIS } from './packages.js';

const NOTHING = { program: 'groundswell-nothing', package: 'groundswell-nothing' };

describe('findOrInstall', () => {
  const dir = useTempDir();
  const said: string[] = [];
  const options = (change: object) => ({
    allowed: true,
    say: (sentence: string) => void said.push(sentence),
    signal: new AbortController().signal,
    path: dir.path,
    ...change,
  });

  it('does nothing when everything is there', async () => {
    const { PATH: path = '' } = process.env;
    await expect(findOrInstall([NATS, REDIS], options({ path, allowed: false }))).resolves.toBeUndefined();
    expect(said).toEqual([]);
  });

  it('is told not to install', async () => {
    const refused = findOrInstall([NOTHING], options({ allowed: false }));
    await expect(refused).rejects.toThrow('Not found: groundswell-nothing; and --no-install was given. ');
  });

  it('says what to do where apt is not there', async () => {
    await expect(findOrInstall([NOTHING], options({}))).rejects.toThrow(
      /^groundswell-nothing was not found in .*Install groundswell-nothing or add its folder to PATH\.$/,
    );
    expect(await readFile(join(dir.path, 'calls'), 'utf8').catch(() => 'no call')).toBe('no call');
  });

  it('finds in the folder what was put there', async () => {
    await writeFile(join(dir.path, NOTHING.program), '#!/bin/sh\n', { mode: 0o755 });
    await expect(findOrInstall([NOTHING], options({ allowed: false }))).resolves.toBeUndefined();
  });
});
