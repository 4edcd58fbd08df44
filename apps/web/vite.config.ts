import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where `vite` finds the rest of the stack during development. */
const STACK = 'http://127.0.0.1:3000';

// The page is built from the sources of its libraries: no build of theirs has to come first.
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@groundswell/source', ...defaultClientConditions] },
  build: { outDir: 'dist', emptyOutDir: true },
  server: { proxy: { '/v1': { target: STACK, ws: true }, '/dev': { target: STACK } } },
});
