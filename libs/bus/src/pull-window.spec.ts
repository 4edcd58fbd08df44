import { PullWindow } from './pull-window.js';

describe('PullWindow', () => {
  it('asks ahead until enough waits, and again when it has been handled', () => {
    const window = new PullWindow();
    let received = 0;
    while (window.nextRequest(1_000) || window.outstanding > 0) {
      window.arrived(100);
      received++;
    }
    expect(received).toBe(window.size);
    expect(window.size).toBeGreaterThanOrEqual(4_000);
    expect(window.size).toBeLessThanOrEqual(5_500);
    window.handled(window.share());
    expect(window.size).toBe(0);
    expect(window.nextRequest(1_000)).toContain('"batch":1000');
  });

  it('is bounded by bytes too', () => {
    const window = new PullWindow();
    let requests = 0;
    while (window.nextRequest(1_000)) {
      requests++;
      for (let i = 0; i < 1_000; i++) window.arrived(70_000);
    }
    expect(requests).toBe(1);
  });

  it('asks again for what the server gave back', () => {
    const window = new PullWindow();
    expect(window.nextRequest(1_000)).toBeDefined();
    expect(window.nextRequest(1_000)).toBeUndefined();
    window.returned(1_000);
    expect(window.nextRequest(1_000)).toBeDefined();
  });
});
