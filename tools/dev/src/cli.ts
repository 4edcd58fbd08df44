import { start } from './commands/start.js';
import { test } from './commands/test.js';
import { isTool, runTool } from './commands/tool.js';
import { Fault, sentenceOf } from './fault.js';
import { parseStart, USAGE } from './options.js';

/** Runs a command with its arguments and ends the process with its exit code. */
export async function run([command, ...args]: readonly string[], root: string): Promise<void> {
  try {
    process.exit(await perform(command, args, root));
  } catch (error) {
    process.stderr.write(`\n${sentenceOf(error)}\n`);
    process.exit(1);
  }
}

async function perform(command: string | undefined, args: readonly string[], root: string): Promise<number> {
  if (command === 'test') return test(args, root);
  if (isTool(command)) return runTool(command, args, root);
  if (command !== 'start')
    throw new Fault(
      'Use `npm start`, `npm test`, `npm run replay`, `npm run chaos`, `npm run bench` or `npm run levers`.',
    );
  const options = parseStart(args, { root, cwd: process.env['INIT_CWD'] ?? process.cwd() });
  if (options !== 'help') return start(options, root);
  process.stdout.write(`${USAGE}\n`);
  return 0;
}
