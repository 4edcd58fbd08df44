import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DISTURBANCES } from './disturb/disturbances.js';
import { parseOptions, UsageError } from './options.js';
import { makePlan } from './plan/plan.js';
import { run } from './run.js';
import { Screen } from './screen.js';
import { readSources } from './sources/read-sources.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

try {
  const options = parseOptions(process.argv.slice(2));
  const screen = new Screen();
  const plan = makePlan(await readSources(options), options.limit, {
    share: options.friendsOnly,
    seed: options.seed,
  });
  screen.say(
    `${plan.posts.length} messages by seed ${options.seed}; authors are joined to members by rank (our construction)`,
  );
  const data = await mkdtemp(join(tmpdir(), 'groundswell-replay-'));
  // Ctrl-C ends the run; what it started ends with it.
  process.once('SIGINT', () => process.exit(130));
  try {
    const verdict = await run({
      ...options,
      plan,
      root,
      data,
      disturbances: options.disturb.map((name) => DISTURBANCES[name]!()),
      onProgress: (progress) => screen.progress(progress),
      say: (sentence) => screen.say(sentence),
    });
    screen.verdict(verdict);
    if (options.json) console.log(JSON.stringify(verdict));
    process.exitCode = verdict.exact ? 0 : 1;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
