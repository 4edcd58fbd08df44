/** The part of Jest's `--json` result that counts. */
export interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Files that could not even be run. */
  numRuntimeErrorTestSuites: number;
  success: boolean;
}

export interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
}

export interface VerdictInput {
  /** Steps other than Jest that failed, each counted as one. */
  failedSteps: number;
  /** Undefined when Jest left no result. */
  jest: JestResult | undefined;
  jestCode: number;
  /** What this platform lacks, so that tests were left out. */
  leftOut: number;
}

/** Adds everything up. Jest that ends badly without naming a failed test is itself a failure. */
export function verdictOf({ failedSteps, jest, jestCode, leftOut }: VerdictInput): Verdict {
  const named = jest ? jest.numFailedTests + jest.numRuntimeErrorTestSuites : 0;
  const unnamed = named === 0 && (!jest || jestCode !== 0 || !jest.success) ? 1 : 0;
  return {
    passed: jest?.numPassedTests ?? 0,
    failed: failedSteps + named + unnamed,
    skipped: (jest ? jest.numPendingTests + jest.numTodoTests : 0) + leftOut,
  };
}

/** The last line of `npm test`. */
export function verdictLine({ passed, failed, skipped }: Verdict): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
