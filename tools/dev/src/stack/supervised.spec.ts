import type { Exit } from '@groundswell/launch';
import { eventually } from '@groundswell/testing';
import { Supervised, type Started } from './supervised.js';

/** A process that ends when the test says so. */
function fakeProcess(pid: number): Started & { die: (exit: Exit) => void } {
  let die: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => (die = resolve));
  const end = (signal: NodeJS.Signals) => () => {
    die({ code: null, signal });
    return exited;
  };
  return { pid, port: 4000, output: [], exited, die, stop: end('SIGTERM'), kill: end('SIGKILL') };
}

function rig(delays: number[], fails: (start: number) => boolean = () => false) {
  const started: ReturnType<typeof fakeProcess>[] = [];
  const ports: (number | undefined)[] = [];
  const said: string[] = [];
  const supervised = new Supervised({
    name: 'app',
    delays,
    settledMs: 60_000,
    say: (sentence) => said.push(sentence),
    start: async ({ port }) => {
      ports.push(port);
      if (fails(ports.length)) throw new Error('no luck\nwith details');
      started.push(fakeProcess(100 + ports.length));
      return started.at(-1)!;
    },
  });
  return { supervised, started, ports, said };
}

describe('Supervised', () => {
  it('starts again on the same port what ends unexpectedly, and says so', async () => {
    const { supervised, started, ports, said } = rig([0]);
    await supervised.start();
    started[0]!.die({ code: 7, signal: null });
    await eventually(() => said.length === 2);
    expect(said).toEqual(['app ended unexpectedly (exit code 7); starting it again in 0 s.', 'app runs again.']);
    expect([ports, supervised.pid]).toEqual([[undefined, 4000], 102]);
  });

  it('leaves alone what dies again and again', async () => {
    const { supervised, started, said } = rig([0, 0]);
    await supervised.start();
    for (let death = 0; death < 3; death++) {
      await eventually(() => started[death]);
      await eventually(() => supervised.pid === started[death]!.pid);
      started[death]!.die({ code: null, signal: 'SIGSEGV' });
    }
    await eventually(() => said.at(-1)?.includes('is left alone now'));
    expect([started.length, supervised.pid]).toEqual([3, undefined]);
  });

  it('counts a restart that fails', async () => {
    const { supervised, started, said } = rig([0, 0], (start) => start === 2);
    await supervised.start();
    started[0]!.die({ code: 1, signal: null });
    await eventually(() => said.length === 3);
    expect(said.slice(1)).toEqual(['app could not be started (no luck); starting it again in 0 s.', 'app runs again.']);
  });

  it('stays down after a kill until a restart is ordered', async () => {
    const { supervised, said, started } = rig([0]);
    await supervised.start();
    await supervised.kill();
    await started[0]!.exited;
    expect([supervised.pid, said]).toEqual([undefined, []]);
    await supervised.restart();
    expect([supervised.pid, said]).toEqual([102, []]);
  });

  it('stop gives up a start and a planned restart', async () => {
    const { supervised, started } = rig([60_000]);
    await supervised.start();
    started[0]!.die({ code: 1, signal: null });
    await eventually(() => supervised.pid === undefined);
    await supervised.stop(0);
    await expect(supervised.restart()).rejects.toThrow('app is being stopped');

    let signalled: AbortSignal | undefined;
    const slow = new Supervised({
      name: 'slow',
      say: () => undefined,
      start: ({ signal }) =>
        new Promise((_, reject) => {
          signalled = signal;
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    const starting = slow.start();
    await eventually(() => signalled);
    await slow.stop(0);
    await expect(starting).rejects.toThrow('slow is being stopped');
  });
});
