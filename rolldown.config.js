/** Makes one program of an app and of all that it imports: run in the folder of the app, once it is built. */
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'dist/main.js',
  platform: 'node',
  output: { dir: 'bundle', format: 'esm', cleanDir: true },
  onLog(level, log, handle) {
    // Nest asks for packages that nobody has to have when they are used; they are asked for then.
    if (log.code === 'UNRESOLVED_IMPORT' && log.id?.includes('/node_modules/')) return;
    handle(level === 'warn' ? 'error' : level, log);
  },
});
