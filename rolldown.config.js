/** Makes programs of an app and of all that it imports: run in the folder of the app, once it is built. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'rolldown';

/** `main.js`, and `<thread>-main.js` of each thread that the app starts, beside it. */
const MAIN = /(^|[/-])main\.js$/;
const mains = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => MAIN.test(file));

export default defineConfig({
  input: Object.fromEntries(mains.map((file) => [basename(file, '.js'), join('dist', file)])),
  platform: 'node',
  output: { dir: 'bundle', format: 'esm', cleanDir: true },
  onLog(level, log, handle) {
    // Nest asks for packages that nobody has to have when they are used; they are asked for then.
    if (log.code === 'UNRESOLVED_IMPORT' && log.id?.includes('/node_modules/')) return;
    handle(level === 'warn' ? 'error' : level, log);
  },
});
