import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface AppCommand {
  command: string;
  args: string[];
}

/**
 * How an application of the workspace is started: the `start` script of its `package.json`, with this Node. `root` is
 * the folder of the workspace. Throws a `TypeError` when the script is not `node <options> <script>`.
 */
export async function appCommand(root: string, app: string): Promise<AppCommand> {
  const folder = join(root, 'apps', app);
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    scripts?: { start?: string };
  };
  const [program, ...rest] = scripts?.start?.split(' ') ?? [];
  const main = rest.pop();
  if (program !== 'node' || main === undefined) {
    throw new TypeError(`apps/${app}/package.json needs a script "start": "node <options> dist/main.js".`);
  }
  return { command: process.execPath, args: [...rest, join(folder, main)] };
}
