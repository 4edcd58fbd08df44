import { Double } from './double.js';
import { OptionsInvalid, parseOptions, USAGE, type Options } from './options.js';
import { serve } from './serve.js';
import { readWaves, WavesUnreadable, WaveWorld } from './waves.js';

async function run({ port, seed, waves }: Options): Promise<void> {
  const world = waves === undefined ? undefined : new WaveWorld(await readWaves(waves));
  const serving = await serve(new Double({ seed, ...(world ? { world } : {}) }), port);
  process.stdout.write(`graph-double at ${serving.url}, seed ${seed}; Ctrl-C ends it\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void serving.stop());
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${USAGE}\n`);
  else await run(options);
} catch (error) {
  const isTold = error instanceof OptionsInvalid || error instanceof WavesUnreadable;
  const text = isTold || (error as { code?: string }).code === 'EADDRINUSE' ? (error as Error).message : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
