import { fileURLToPath } from 'node:url';
import { sentenceOf } from './sentence-of.js';
import { run } from './run.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

try {
  const place = { env: process.env, cwd: process.cwd(), root, now: () => Date.now() };
  process.stdout.write(`${await run(process.argv.slice(2), place)}\n`);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
