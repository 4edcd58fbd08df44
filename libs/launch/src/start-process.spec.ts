import { DiskFull, PortInUse, ProgramMissing, StartFailed } from './errors.js';
import { startProcess } from './start-process.js';

const sh = (script: string) => ({ command: '/bin/sh', args: ['-c', script] });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, message: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 5 s: ${message}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('startProcess', () => {
  it('waits for the line that says it is ready, and stops it', async () => {
    const running = await startProcess({ ...sh('echo one; echo ready now; exec sleep 100'), ready: /ready/ });
    expect(running.output).toEqual(['one', 'ready now']);
    expect(isAlive(running.pid)).toBe(true);
    expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(isAlive(running.pid)).toBe(false);
    expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await running.kill()).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('insists on one that ignores the request', async () => {
    const running = await startProcess({
      ...sh('trap "" TERM; echo ready; while :; do sleep 1; done'),
      ready: /ready/,
    });
    expect(await running.stop({ graceMs: 50 })).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('ends what the program itself started', async () => {
    const running = await startProcess({ ...sh('sleep 100 & echo child=$!; exit 0') });
    await until(() => running.output.length > 0, 'output');
    const child = Number(running.output[0]?.slice('child='.length));
    expect(child).toBeGreaterThan(0);
    expect(await running.exited).toEqual({ code: 0, signal: null });
    await until(() => !isAlive(child), `the end of ${child}`);
  });

  it('is given up when told so, and leaves nothing', async () => {
    const giveUp = new AbortController();
    let pid = 0;
    const starting = startProcess({
      ...sh('exec sleep 100'),
      ready: async (started) => {
        pid = started.pid;
        giveUp.abort(new Error('planned'));
        return false;
      },
      signal: giveUp.signal,
    });
    await expect(starting).rejects.toThrow('planned');
    expect(isAlive(pid)).toBe(false);
    await expect(startProcess({ ...sh('exit 0'), signal: giveUp.signal })).rejects.toThrow('planned');
  });

  it('asks a question again until it is answered with true', async () => {
    let asked = 0;
    const running = await startProcess({
      ...sh('exec sleep 100'),
      ready: async () => {
        if (++asked < 2) throw new Error('not there yet');
        return asked === 3;
      },
    });
    expect(asked).toBe(3);
    await running.kill();
  });

  it('fails with the last lines of output', async () => {
    const failure = await startProcess({ ...sh('echo cannot go on >&2; exit 3'), ready: /ready/ }).catch(
      (e: Error) => e,
    );
    expect(failure).toBeInstanceOf(StartFailed);
    expect((failure as Error).message).toBe('sh ended with exit code 3.\ncannot go on');
  });

  it('fails, and leaves nothing, when it is not ready in time', async () => {
    const failure = await startProcess({ ...sh('echo $$; exec sleep 100'), ready: /never/, readyMs: 200 }).catch(
      (e: StartFailed) => e,
    );
    expect((failure as StartFailed).reason).toBe('was not ready within 200 ms');
    expect(isAlive(Number((failure as StartFailed).output[0]))).toBe(false);
  });

  it.each([
    ['bind: address already in use', PortInUse],
    ['write x: no space left on device', DiskFull],
  ])('recognises "%s"', async (line, kind) => {
    await expect(startProcess({ ...sh(`echo "${line}"; exit 1`), ready: /never/ })).rejects.toBeInstanceOf(kind);
  });

  it('names a program that does not exist', async () => {
    await expect(startProcess({ command: 'groundswell-nothing' })).rejects.toBeInstanceOf(ProgramMissing);
  });
});
