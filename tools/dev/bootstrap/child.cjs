'use strict';
const { spawn } = require('node:child_process');

const OUTPUT_CHARS = 65_536;
const GRACE_MS = 1_000;

/** Children at work. Each leads a process group, so that ending it ends what it started. */
const running = new Set();
let ending = false;

/**
 * Runs a program and gathers the end of its output. Resolves to `{ code, output }`; `onLine` sees each line as it comes.
 * Once `endAll` was called it never resolves: this process is about to end.
 */
function run(command, args, { cwd, env, onLine = () => {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid) running.add(child.pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-OUTPUT_CHARS);
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        for (const line of lines) if (line.trim()) onLine(line.trim());
      });
    }
    const end = (code, text) => {
      running.delete(child.pid);
      if (!ending) resolve({ code, output: text });
    };
    child.on('error', (error) => end(127, `${command} could not be started: ${error.message}`));
    child.on('close', (code) => end(code === null ? 1 : code, output));
  });
}

/** Ends every child's group: politely, then, after a second, not. Resolves when nobody is left, at most a second later. */
function endAll() {
  ending = true;
  signalAll('SIGTERM');
  const since = Date.now();
  let insisted = false;
  return new Promise((resolve) => {
    const look = () => {
      const waited = Date.now() - since;
      if (waited > 2 * GRACE_MS || ![...running].some(isAlive)) return resolve();
      if (waited > GRACE_MS && !insisted) {
        insisted = true;
        signalAll('SIGKILL');
      }
      setTimeout(look, 20);
    };
    look();
  });
}

function signalAll(name) {
  for (const pid of running) signalGroup(pid, name);
}

/** A group lives as long as one of its members does. */
function isAlive(pid) {
  return signalGroup(pid, 0);
}

function signalGroup(pid, name) {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}

module.exports = { endAll, run };
