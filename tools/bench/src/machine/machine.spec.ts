import { chooseCores, onCore } from './cores.js';
import { busySeconds } from './disturbance.js';
import { cpuByTicks, cpuSeconds, residentKb } from './process-figures.js';

describe('chooseCores', () => {
  it.each([
    ['0-1', { server: 0, load: 1 }],
    ['2,5-7', { server: 2, load: 5 }],
    ['3', undefined],
  ])('takes the first two of %s', (allowed, cores) => {
    expect(chooseCores(allowed)).toEqual(cores);
  });
});

describe('onCore', () => {
  it('wraps the command only where there is a core to choose', () => {
    expect(onCore(1, 'node', ['x.js'])).toEqual({ command: 'taskset', args: ['-c', '1', 'node', 'x.js'] });
    expect(onCore(undefined, 'node', ['x.js'])).toEqual({ command: 'node', args: ['x.js'] });
  });
});

describe('figures of a process', () => {
  it('reads ticks past any name', () => {
    expect(cpuByTicks(`7 (a) b) S ${'0 '.repeat(10)}150 50 0 0`)).toBe(2);
  });

  it('measures this process', () => {
    const before = cpuSeconds(process.pid);
    const until = performance.now() + 30;
    while (performance.now() < until);
    expect(cpuSeconds(process.pid)).toBeGreaterThan(before);
    expect(residentKb(process.pid)).toBeGreaterThan(1_000);
  });
});

describe('busySeconds', () => {
  it('counts processes and what the host took, not idling or interrupts', () => {
    const stat = 'cpu  9 9 9 9\ncpu0 100 10 200 5000 300 40 50 20 0 0\ncpu1 1 1 1 1 1 1 1 1 0 0\n';
    expect(busySeconds(stat, 0)).toBe(3.3);
    expect(() => busySeconds(stat, 7)).toThrow('no core 7');
  });
});
