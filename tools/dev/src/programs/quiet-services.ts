import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What the installation scripts of Debian packages call to start a service and to enable it, replaced for one run of
 * dpkg through its search path: nothing is started, and the service is recorded as one that its owner has disabled, so
 * that no later upgrade starts it either. Nothing is left on the machine.
 */
const STANDINS: Record<string, string> = {
  'invoke-rc.d': 'exit 0',
  'deb-systemd-invoke': 'exit 0',
  'deb-systemd-helper': 'case " $* " in *" was-enabled "*) exit 1;; esac\nexec /usr/bin/deb-systemd-helper "$@"',
  'update-rc.d': 'if [ "$2" = defaults ]; then set -- "$1" defaults-disabled; fi\nexec /usr/sbin/update-rc.d "$@"',
};

/** What apt gives dpkg as PATH when nothing else is configured. */
const DPKG_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

export interface QuietServices {
  /** Options for apt-get that put the replacements first. */
  readonly options: readonly string[];
  remove(): Promise<void>;
}

/** Writes the replacements into a folder of their own, which the caller removes. */
export async function quietServices(): Promise<QuietServices> {
  const folder = await mkdtemp(join(tmpdir(), 'groundswell-apt-'));
  await chmod(folder, 0o755);
  for (const [name, script] of Object.entries(STANDINS)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return {
    options: ['-o', `DPkg::Path=${folder}:${DPKG_PATH}`],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
