import { PullWindow } from './pull-window.js';

describe('PullWindow', () => {
  it('is full when enough waits, and has room when it has been handled', () => {
    const window = new PullWindow();
    let received = 0;
    while (!window.isFull) {
      window.arrived(100);
      received++;
    }
    expect(received).toBe(4_000);
    window.handled(window.share());
    expect([window.size, window.isFull]).toEqual([0, false]);
  });

  it('is bounded by bytes too', () => {
    const window = new PullWindow();
    for (let i = 0; i < 250; i++) window.arrived(70_000);
    expect(window.isFull).toBe(true);
  });

  it('counts what was asked for until it has come or was given back', () => {
    const window = new PullWindow();
    expect(JSON.parse(window.ask(10, 1_000))).toMatchObject({ batch: 10, idle_heartbeat: 1e9 });
    expect(JSON.parse(window.fetch(5))).toMatchObject({ batch: 5, no_wait: true });
    window.arrived(1);
    window.returned(4);
    expect(window.outstanding).toBe(10);
  });
});
