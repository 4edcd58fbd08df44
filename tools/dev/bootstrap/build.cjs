'use strict';
const { join } = require('node:path');
const { run } = require('./child.cjs');
const { Fault, step } = require('./say.cjs');

/** Builds and bundles projects, and what they need, where they are not up to date; Nx knows that. Throws `Fault`. */
async function build(root, projects) {
  const progress = step('Building (a few seconds; next time only what has changed)');
  const nx = join(root, 'node_modules', '.bin', 'nx');
  const args = [nx, 'run-many', '-t', 'build,bundle', '-p', projects.join(','), '--output-style=static'];
  const { code, output } = await run(process.execPath, args, {
    cwd: root,
    // The native runner would give tasks a session of their own, out of reach of the signal that ends the build.
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NATIVE_COMMAND_RUNNER: 'false', FORCE_COLOR: '0' },
    onLine: (line) => progress.note(line),
  });
  if (code === 0) return progress.done();
  progress.failed();
  throw new Fault(`The build failed:\n${output.trim().split('\n').slice(-40).join('\n')}`);
}

module.exports = { build };
