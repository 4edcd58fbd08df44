'use strict';
const { basename } = require('node:path');
const { run } = require('./child.cjs');
const { isInstalled } = require('./lock.cjs');
const { Fault, step } = require('./say.cjs');

/** Installs what the lock file says, development packages too, if it is not there. Throws `Fault`. */
async function install(root, { allowed }) {
  if (isInstalled(root)) return;
  if (!allowed) {
    throw new Fault(
      'Packages are missing or not as locked: run `npm ci --include=dev`, or start without --no-install.',
    );
  }
  const progress = step('Installing packages (about half a minute the first time)');
  const [command, first] = npm();
  const args = [...first, 'ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=http'];
  const { code, output } = await run(command, args, {
    cwd: root,
    env: process.env,
    onLine: (line) => progress.note(line.replace(/^npm (http|warn) ((fetch|cache) )?(GET \d+ )?/, '')),
  });
  if (code === 0) return progress.done();
  progress.failed();
  throw new Fault(`Packages could not be installed; npm says:\n${errorLines(output)}`);
}

/** The npm that started this process, else the one in PATH. */
function npm() {
  const path = process.env.npm_execpath || '';
  return basename(path) === 'npm-cli.js' ? [process.execPath, [path]] : ['npm', []];
}

function errorLines(output) {
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  return (lines.length > 0 ? lines : output.trim().split('\n')).slice(-8).join('\n');
}

module.exports = { install };
