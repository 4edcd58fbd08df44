import { problem, PROBLEMS, type ProblemCode } from './problems.js';

describe('problems', () => {
  it('are documents of RFC 9457 with a code to switch on', () => {
    expect(problem('event_ended', 'It is over.')).toEqual({
      type: 'urn:groundswell:problem:event_ended',
      title: 'The event has ended',
      status: 409,
      code: 'event_ended',
      detail: 'It is over.',
    });
  });

  it('have the status of an error, each', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[])
      expect(problem(code, '').status).toBeGreaterThanOrEqual(400);
  });
});
