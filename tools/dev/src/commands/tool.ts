import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Programs of the workspace that are run like commands, by name, with what is run for each. */
export const TOOLS = {
  replay: 'tools/replay/dist/main.js',
  chaos: 'tools/replay/dist/chaos.js',
  bench: 'tools/bench/dist/main.js',
  levers: 'tools/levers-cli/dist/main.js',
} as const;

export type ToolName = keyof typeof TOOLS;

export function isTool(name: string | undefined): name is ToolName {
  return name !== undefined && Object.hasOwn(TOOLS, name);
}

/** Runs a tool with the terminal as it is; resolves with its exit code. */
export function runTool(name: ToolName, args: readonly string[], root: string): Promise<number> {
  const child = spawn(process.execPath, [join(root, TOOLS[name]), ...args], {
    stdio: 'inherit',
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
  });
  // A terminal's Ctrl-C reaches the tool too; any other sender reaches only this process. The tool ends by itself.
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', passOn);
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
