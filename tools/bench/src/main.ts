import { OptionsInvalid, parseOptions, USAGE, type Options } from './options.js';
import { MeasurementInvalid } from './measurement-invalid.js';
import { jsonLine } from './report/json-line.js';
import { table } from './report/table.js';
import { run } from './run.js';

const started = performance.now();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
}

async function bench({ bench: name, scale, json }: Options): Promise<void> {
  const say = (line: string): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stderr.write(`[${String(seconds).padStart(3)} s] ${line}\n`);
  };
  const data = process.env['GROUNDSWELL_DATA'];
  const { rows, machine } = await run({ bench: name, scale, data, say, signal: stop.signal });
  say('done');
  if (!json) process.stdout.write(`${table(rows)}\n\n`);
  process.stdout.write(`${jsonLine({ bench: name, rows, machine })}\n`);
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${USAGE}\n`);
  else await bench(options);
  process.exit(0);
} catch (error) {
  const plain = error instanceof OptionsInvalid || error instanceof MeasurementInvalid || stop.signal.aborted;
  process.stderr.write(`${plain ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exit(1);
}
