const startedAt = performance.now();

/** Progress goes to stderr; stdout carries the answer. */
export function say(line: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${seconds} s  ${line}\n`);
}
