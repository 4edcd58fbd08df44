import { DueCall } from './due-call.js';

describe('DueCall', () => {
  it('calls at once, and again until the change is in force', () => {
    const calls: number[] = [];
    const graph = { inForce: 3 };
    const due = new DueCall({ call: (position) => calls.push(position), inForce: () => graph.inForce });
    due.again();
    expect(calls).toEqual([]);
    due.wants(5);
    due.wants(4);
    due.again();
    expect(calls).toEqual([5, 5, 5]);
    graph.inForce = 5;
    due.again();
    expect(calls).toHaveLength(3);
  });
});
