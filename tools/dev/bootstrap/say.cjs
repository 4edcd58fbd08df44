'use strict';

/**
 * Progress of long steps: one line each on a terminal, rewritten while it runs; plain lines elsewhere. Everything goes to
 * standard error, so that a command's standard output stays its own.
 */
const tty = process.stderr.isTTY;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** What a person has to do something about: one clear sentence. */
class Fault extends Error {}

/** Starts a step; `done` or `failed` ends its line. `note` shows what it is at. */
function step(title) {
  const since = Date.now();
  let detail = '';
  let turn = 0;
  const seconds = () => `${Math.round((Date.now() - since) / 1000)} s`;
  const draw = () => {
    const line = `${FRAMES[turn++ % FRAMES.length]} ${title} ${seconds()} ${detail}`;
    process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
  };
  if (!tty) process.stderr.write(`  ${title} …\n`);
  const timer = tty ? setInterval(draw, 100) : undefined;
  const end = (mark) => {
    clearInterval(timer);
    process.stderr.write(`${tty ? '\r\x1b[2K' : ''}${mark} ${title} (${seconds()})\n`);
  };
  return {
    note(text) {
      detail = text;
    },
    done: () => end('✓'),
    failed: () => end('✗'),
  };
}

module.exports = { Fault, step };
