import { eventually, useTempDir } from '@groundswell/testing';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aptInstall, changesOf } from './apt.js';
import { quietServices } from './quiet-services.js';
import { runToEnd } from './run.js';

describe('aptInstall', () => {
  const dir = useTempDir();
  let count = 0;

  /** A stand-in for apt-get that notes its arguments and then does what `script` says. */
  async function rig(script: string) {
    const folder = join(dir.path, `apt-${++count}`);
    const log = join(folder, 'log');
    const head = `#!/bin/sh\necho "$*" >> ${log}\n`;
    await mkdir(folder);
    await writeFile(join(folder, 'apt-get'), `${head}${script}\n`, { mode: 0o755 });
    const said: string[] = [];
    const giveUp = new AbortController();
    const options = {
      as: ['env', `PATH=${folder}:${process.env['PATH']}`],
      say: (sentence: string) => void said.push(sentence),
      signal: giveUp.signal,
    };
    const calls = async () => (await readFile(log, 'utf8')).trim().split('\n');
    return { folder, said, giveUp, calls, install: () => aptInstall(['nats-server'], options) };
  }

  it('plans, downloads, and unpacks without services, recommendations and upgrades', async () => {
    const { install, calls, said } = await rig('exit 0');
    await install();
    const made = await calls();
    expect(made).toHaveLength(3);
    expect(made.every((call) => call.includes('install -y --no-install-recommends --no-upgrade'))).toBe(true);
    expect(made[0]).toContain(' -s ');
    expect(made[1]).toContain('--download-only');
    expect(made[2]).toMatch(/-o DPkg::Path=\/\S+groundswell-apt-\S+:\/usr\/sbin:.*--no-download/);
    expect(said).toEqual([]);
    expect(existsSync(/DPkg::Path=([^:]+)/.exec(made[2]!)![1]!)).toBe(false);
  });

  it('updates the lists when the package is not known, and says so', async () => {
    const { install, calls, said } = await rig(
      'case "$*" in *update*) touch "$0.new";; *-s*) [ -e "$0.new" ] || { echo "E: Unable to locate"; exit 100; };; esac',
    );
    await install();
    expect((await calls())[1]).toContain('update');
    expect(said).toEqual(['Updating the package lists (apt-get update)…']);
  });

  it('upgrades and removes nothing', async () => {
    const { install, calls } = await rig(
      'echo "Inst libc6 [2.36] (2.37 Debian)"; echo "Inst nats-server (2.9 Debian)"',
    );
    await expect(install()).rejects.toThrow('would change or remove libc6, which is left to you');
    expect(await calls()).toHaveLength(1);
    expect(changesOf('Inst a [1] (2)\nRemv b [1]\nInst c (2)\nConf c (2)')).toEqual(['a', 'b']);
  });

  it('repeats what apt says when it fails', async () => {
    const { install } = await rig('case "$*" in *--no-download*) echo "E: dpkg was interrupted"; exit 100;; esac');
    await expect(install()).rejects.toThrow('apt-get could not install nats-server: dpkg was interrupted');
  });

  it('a download ends when it is given up', async () => {
    const { folder, install, giveUp } = await rig(
      'case "$*" in *--download-only*) echo $$ > "$0.pid"; exec sleep 100;; esac',
    );
    const installing = install();
    const pid = await eventually(async () => Number(await readFile(join(folder, 'apt-get.pid'), 'utf8')));
    giveUp.abort(new Error('planned'));
    await expect(installing).rejects.toThrow('planned');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('unpacking is not given up half-way', async () => {
    const { folder, install, giveUp } = await rig(
      'case "$*" in *--no-download*) touch "$0.unpacking"; while [ ! -e "$0.go" ]; do sleep 0.02; done; touch "$0.done";; esac',
    );
    const installing = install();
    await eventually(() => existsSync(join(folder, 'apt-get.unpacking')));
    giveUp.abort(new Error('planned'));
    await writeFile(join(folder, 'apt-get.go'), '');
    await expect(installing).rejects.toThrow('planned');
    expect(existsSync(join(folder, 'apt-get.done'))).toBe(true);
  });
});

describe('quietServices', () => {
  it('replaces what starts services, and records them as disabled', async () => {
    const services = await quietServices();
    const folder = /DPkg::Path=([^:]+):/.exec(services.options[1]!)![1]!;
    const codes = [
      (await runToEnd(join(folder, 'invoke-rc.d'), ['redis-server', 'start'])).code,
      (await runToEnd(join(folder, 'deb-systemd-invoke'), ['start', 'redis-server.service'])).code,
      (await runToEnd(join(folder, 'deb-systemd-helper'), ['--quiet', 'was-enabled', 'redis-server.service'])).code,
    ];
    expect(codes).toEqual([0, 0, 1]);
    await services.remove();
    expect(existsSync(folder)).toBe(false);
  });
});
