import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drop } from './chaos/drop.js';
import { kill } from './chaos/kill.js';
import { parseChaos } from './chaos/options.js';
import { UsageError } from './options.js';
import { makePlan } from './plan/plan.js';
import { Screen } from './screen.js';
import { readSources } from './sources/read-sources.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** More than a run posts: it ends when what happens in it is over. */
const POSTS = 20_000;

try {
  const options = parseChaos(process.argv.slice(2), () => Math.floor(Math.random() * 1_000_000));
  const screen = new Screen();
  screen.say(`seed ${options.seed}`);
  const plan = makePlan(await readSources({ ...options, limit: POSTS }), POSTS);
  const data = await mkdtemp(join(tmpdir(), 'groundswell-chaos-'));
  // Ctrl-C ends the run; what it started ends with it.
  process.once('SIGINT', () => process.exit(130));
  try {
    const place = {
      plan,
      root,
      data,
      say: (sentence: string) => screen.say(sentence),
      show: (line: () => string) => screen.moving(line),
    };
    const verdict =
      options.t === 'kill'
        ? await kill({ ...options, ...place, segmentMs: 250 })
        : await drop({ ...options, ...place, segmentMs: 1000 });
    screen.say('');
    for (const fault of verdict.faults.slice(0, 20)) console.log(`✗ ${fault}`);
    console.log(verdict.sentence);
    process.exitCode = verdict.exact ? 0 : 1;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
