'use strict';
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { build } = require('./build.cjs');
const { endAll } = require('./child.cjs');
const { install } = require('./install.cjs');
const { Fault } = require('./say.cjs');

const root = join(__dirname, '..', '..', '..');
const TOOL = ['@groundswell/dev'];
const APPS = ['@groundswell/ingest', '@groundswell/fanout', '@groundswell/cron'];
const STACK = [...APPS, '@groundswell/web', '@groundswell/graph-double'];
/** What each command needs built. Specs run from the sources, but for the apps that they start. */
const NEEDS = {
  test: [...TOOL, ...APPS],
  replay: [...TOOL, ...STACK, '@groundswell/replay'],
  chaos: [...TOOL, ...STACK, '@groundswell/replay'],
  bench: [...TOOL, ...STACK, '@groundswell/bench'],
  levers: [...TOOL, '@groundswell/levers-cli'],
};
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Brings a fresh clone to where the command can run, then runs it. */
async function main(args) {
  const isTest = args[0] === 'test';
  let ending = false;
  // npm passes on a signal that the terminal has sent already: only the first counts.
  const interrupt = (signal) => {
    if (ending) return;
    ending = true;
    process.stderr.write('\n');
    void endAll().then(() => process.exit(SIGNALS[signal]));
  };
  for (const signal of Object.keys(SIGNALS)) process.on(signal, interrupt);
  try {
    await install(root, { allowed: isTest || !args.includes('--no-install') });
    await build(root, NEEDS[args[0]] || [...TOOL, ...STACK]);
    const { run } = await import(pathToFileURL(join(root, 'tools', 'dev', 'dist', 'cli.js')).href);
    if (ending) return;
    for (const signal of Object.keys(SIGNALS)) process.removeListener(signal, interrupt);
    await run(args, root);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Fault ? error.message : error.stack}\n`);
    if (isTest) process.stdout.write('0 passed, 1 failed\n');
    process.exit(1);
  }
}

module.exports = { main };
