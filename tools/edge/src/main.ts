import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEdge } from './edges.js';
import { parseOptions, USAGE, type Options } from './options.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(new Error(signal)));

async function serve({ edge, origin, port }: Options): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'groundswell-edge-'));
  const { signal } = stop;
  try {
    const onLine = (line: string) => void process.stderr.write(`${edge}: ${line}\n`);
    const running = await startEdge(edge, { dir, origin, port, signal, onLine });
    process.stdout.write(`${edge} at ${running.url} before http://127.0.0.1:${origin}; Ctrl-C ends it\n`);
    signal.addEventListener('abort', () => void running.stop());
    if (signal.aborted) void running.stop();
    await running.exited;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${USAGE}\n`);
  else await serve(options);
  process.exitCode = options === 'help' || stop.signal.aborted ? 0 : 1;
} catch (error) {
  if (!stop.signal.aborted) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
