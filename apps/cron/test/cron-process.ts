import { startProcess, type RunningProcess } from '@groundswell/launch';
import { eventually } from '@groundswell/testing';

export interface CronProcess extends RunningProcess {
  /** Waits for a line that it writes, and sees next time what comes after it; false: it has ended without. */
  says(what: RegExp): Promise<boolean>;
  readonly ended: boolean;
}

/** Starts a process of the notifier, from what was built; how far it is, `says` tells. */
export async function startCronProcess(main: string, env: NodeJS.ProcessEnv): Promise<CronProcess> {
  const lines: string[] = [];
  const running = await startProcess({
    command: process.execPath,
    args: [main],
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    onLine: (line) => lines.push(line),
  });
  let heard = 0;
  const hears = (what: RegExp): boolean => {
    const at = lines.findIndex((line, i) => i >= heard && what.test(line));
    if (at !== -1) heard = at + 1;
    return at !== -1;
  };
  let ended = false;
  void running.exited.then(() => (ended = true));
  const says = async (what: RegExp): Promise<boolean> => {
    try {
      return (await eventually(() => (hears(what) ? 'yes' : ended && 'no'), { timeoutMs: 15_000 })) === 'yes';
    } catch (cause) {
      throw new Error(`the process does not say ${what}, but ${lines.slice(-5).join('\n')}`, { cause });
    }
  };
  return {
    ...running,
    get output() {
      return running.output;
    },
    get ended() {
      return ended;
    },
    says,
  };
}
