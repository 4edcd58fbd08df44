import { verdictLine, verdictOf, type JestResult } from './verdict.js';

const good: JestResult = {
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  success: true,
};
const line = (change: Partial<Parameters<typeof verdictOf>[0]>) =>
  verdictLine(verdictOf({ failedSteps: 0, jest: good, jestCode: 0, leftOut: 0, ...change }));

describe('the last line', () => {
  it.each([
    ['all is well', {}, '10 passed, 0 failed'],
    ['a step fails', { failedSteps: 2 }, '10 passed, 2 failed'],
    ['tests fail', { jest: { ...good, numFailedTests: 3, success: false }, jestCode: 1 }, '10 passed, 3 failed'],
    [
      'a file cannot be run',
      { jest: { ...good, numRuntimeErrorTestSuites: 1, success: false }, jestCode: 1 },
      '10 passed, 1 failed',
    ],
    ['Jest ends badly and names nothing', { jestCode: 1 }, '10 passed, 1 failed'],
    ['Jest leaves no result', { jest: undefined, jestCode: 0 }, '0 passed, 1 failed'],
    ['tests are skipped', { jest: { ...good, numPendingTests: 1, numTodoTests: 1 } }, '10 passed, 0 failed, 2 skipped'],
    ['the platform lacks something', { leftOut: 1 }, '10 passed, 0 failed, 1 skipped'],
  ])('when %s', (_, change, expected) => {
    expect(line(change)).toBe(expected);
  });
});
