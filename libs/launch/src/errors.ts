/** What can go wrong when a server is started. Messages are written for the person who started it. */

/** How to get a program, by its name. */
const PACKAGES: Record<string, { debian: string; macos: string; docker?: string }> = {
  nginx: { debian: 'sudo apt-get install nginx-light', macos: 'brew install nginx' },
  varnishd: { debian: 'sudo apt-get install varnish', macos: 'brew install varnish' },
  'nats-server': {
    debian: 'sudo apt-get install nats-server',
    macos: 'brew install nats-server',
    docker: 'docker compose -f docker/compose.yaml up -d nats, then set NATS_URL=nats://127.0.0.1:4222',
  },
  'redis-server': {
    debian: 'sudo apt-get install redis-server',
    macos: 'brew install redis',
    docker: 'docker compose -f docker/compose.yaml up -d redis, then set REDIS_URL=redis://127.0.0.1:6379',
  },
};

abstract class LaunchError extends Error {
  abstract readonly code: string;
  /** What a person does about it. */
  abstract readonly remedy: string;
}

/** The program is in none of the folders searched. */
export class ProgramMissing extends LaunchError {
  override readonly name = 'ProgramMissing';
  readonly code = 'program_missing';
  readonly remedy: string;

  constructor(
    readonly program: string,
    readonly searched: readonly string[],
  ) {
    const known = PACKAGES[program];
    const remedy = known
      ? `Install it. Debian: ${known.debian}. macOS: ${known.macos}.${known.docker ? ` Docker: ${known.docker}.` : ''}`
      : `Install ${program} or add its folder to PATH.`;
    super(`${program} was not found in ${searched.join(', ')}. ${remedy}`);
    this.remedy = remedy;
  }
}

/** Another process listens on the port. */
export class PortInUse extends LaunchError {
  override readonly name = 'PortInUse';
  readonly code = 'port_in_use';
  readonly remedy = 'Stop the process that listens there, or choose another port.';

  constructor(
    readonly program: string,
    readonly port: number | undefined,
    options?: ErrorOptions,
  ) {
    super(`${program} could not listen${port ? ` on port ${port}` : ''}: the port is in use.`, options);
  }
}

/** The file system that holds the data is full. */
export class DiskFull extends LaunchError {
  override readonly name = 'DiskFull';
  readonly code = 'disk_full';
  readonly remedy = 'Free space on that disk, or choose another data folder.';

  constructor(
    readonly program: string,
    readonly dir: string | undefined,
    options?: ErrorOptions,
  ) {
    super(`${program} could not write${dir ? ` to ${dir}` : ''}: the disk is full.`, options);
  }
}

/** The program ended, or did not become ready in time. The message ends with its last output. */
export class StartFailed extends LaunchError {
  override readonly name = 'StartFailed';
  readonly code = 'start_failed';
  readonly remedy = 'Read the last lines of its output, which follow the message.';

  constructor(
    readonly program: string,
    readonly reason: string,
    /** Last lines of standard output and standard error, oldest first. */
    readonly output: readonly string[],
    options?: ErrorOptions,
  ) {
    super([`${program} ${reason}.`, ...output.slice(-20)].join('\n'), options);
  }
}
