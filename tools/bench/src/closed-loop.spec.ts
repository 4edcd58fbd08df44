import { closedLoop, type Try } from './closed-loop.js';

/** A server that needs a fixed share of a core for each socket, and loses something above `breaks`. */
function server({ each, breaks = Infinity }: { each: number; breaks?: number }) {
  const tried: number[] = [];
  const attempt = (sockets: number): Promise<Try> => {
    tried.push(sockets);
    return Promise.resolve({ utilisation: Math.min(1, sockets * each), complete: sockets <= breaks });
  };
  return { tried, attempt };
}

describe('closedLoop', () => {
  it('goes up until the server is busy', async () => {
    const { attempt } = server({ each: 0.001 });
    const held = await closedLoop({ start: 50, most: 10_000, attempt });
    expect(held!.sockets).toBeGreaterThan(700);
    expect(held!.result.utilisation).toBeLessThan(0.9);
  });

  it('goes down when the server is too busy', async () => {
    const { attempt, tried } = server({ each: 0.001 });
    const held = await closedLoop({ start: 5_000, most: 10_000, attempt });
    expect(tried[0]).toBe(5_000);
    expect(held!.result.utilisation).toBeLessThan(0.9);
  });

  it('stops at the most sockets that there may be', async () => {
    const { attempt, tried } = server({ each: 0.00001 });
    const held = await closedLoop({ start: 500, most: 1_000, attempt });
    expect(held!.sockets).toBe(1_000);
    expect(tried).toEqual([500, 1_000]);
  });

  it('does not count what was not delivered completely', async () => {
    const { attempt } = server({ each: 0.0005, breaks: 300 });
    const held = await closedLoop({ start: 100, most: 10_000, attempt, tries: 8 });
    expect(held!.sockets).toBeLessThanOrEqual(300);
    expect(held!.result.complete).toBe(true);
  });

  it('says so when the server holds nothing', async () => {
    const { attempt, tried } = server({ each: 2, breaks: 0 });
    await expect(closedLoop({ start: 4, most: 10, attempt, tries: 9 })).resolves.toBeUndefined();
    expect(tried.at(-1)).toBe(1);
  });

  it('tries as often as it may', async () => {
    const { attempt, tried } = server({ each: 0.00001 });
    await closedLoop({ start: 1, most: 1_000_000, attempt, tries: 2 });
    expect(tried).toEqual([1, 10]);
  });
});
