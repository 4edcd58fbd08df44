import { findProgram } from '@groundswell/launch';
import { accessSync, constants } from 'node:fs';

const PROGRAMS = ['chromium', 'google-chrome', 'chromium-browser', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a Chromium: `$CHROMIUM`, one in PATH, or the macOS application; undefined when there is none. */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = env['CHROMIUM'];
  if (named) return named;
  for (const name of PROGRAMS) {
    const found = await findProgram(name, env['PATH'] === undefined ? {} : { path: env['PATH'] }).catch(
      () => undefined,
    );
    if (found) return found;
  }
  return APPLICATIONS.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
