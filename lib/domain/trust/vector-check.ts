/** A value that came out otherwise than a file of test vectors says. `path` names the expected value in the file. */
export type VectorFailure = { readonly path: string; readonly expected: unknown; readonly actual: unknown };

/** Counts comparisons, one for each value, and keeps the ones that failed. */
export type VectorCheck = {
  /** Integers, booleans, texts and null: equal or not. */
  readonly exact: (path: string, expected: unknown, actual: unknown) => void;
  /** Floating-point numbers: equal to 1e-9, absolutely or relatively; null only equals null. */
  readonly close: (path: string, expected: number | null, actual: number | null) => void;
  /** Logarithms: the same, with -Infinity in the place of null. */
  readonly log: (path: string, expected: number | null, actual: number) => void;
  readonly result: () => { passed: number; failed: number; failures: VectorFailure[] };
};

const TOLERANCE = 1e-9;

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

/** A new count, of nothing yet. */
export function createVectorCheck(): VectorCheck {
  let passed = 0;
  const failures: VectorFailure[] = [];
  const record = (holds: boolean, path: string, expected: unknown, actual: unknown): void => {
    if (holds) passed += 1;
    else failures.push({ path, expected, actual });
  };
  const close: VectorCheck['close'] = (path, expected, actual) => {
    const holds = expected === null || actual === null ? expected === actual : isClose(expected, actual);
    record(holds, path, expected, actual);
  };
  return {
    exact: (path, expected, actual) => record(expected === actual, path, expected, actual),
    close,
    log: (path, expected, actual) =>
      close(path, expected, actual === Number.NEGATIVE_INFINITY ? null : actual),
    result: () => ({ passed, failed: failures.length, failures }),
  };
}
