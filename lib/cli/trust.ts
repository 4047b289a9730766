import type { Command } from 'commander';
import { answer, exitCodes, remark } from '@/lib/cli/outcome';
import { AppError, messageOf } from '@/lib/platform/errors';

const FAILURES_SHOWN = 20;

export function register(program: Command): void {
  const trust = program.command('trust').description('check and replay the trust engine');
  trust
    .command('check <vectors>')
    .description('run a file of test vectors (JSON) through the engine')
    .option('--json', 'answer as JSON')
    .addHelpText(
      'after',
      '\nExit code 0: all as the file says. 1: something came out differently. 2: no file of test vectors. 3: the file cannot be read.',
    )
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { checkVectors } = await import('@/lib/domain/trust/vectors');
      const { readJsonFile } = await import('@/lib/cli/read-file');
      const result = wellFormed(file, checkVectors, await readJsonFile(file));
      for (const { path, expected, actual } of result.failures.slice(0, FAILURES_SHOWN)) {
        remark(`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
      }
      answer(json, result, `${result.passed} passed, ${result.failed} failed`);
      process.exitCode = result.failed === 0 ? exitCodes.done : exitCodes.no;
    });
  trust
    .command('replay <events>')
    .description('replay the events of one lane (NDJSON) and print the verdict after each')
    .addHelpText(
      'after',
      '\nEach line is an event such as {"t":1,"type":"review","task":"T1","outcome":"approved_unchanged"}, in the order of time;\nt is in days, type one of review, revert, incident (with "sev"), accept (with "gear"), tick, reset.',
    )
    .option('--json', 'one JSON object a line')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { readLines } = await import('@/lib/cli/read-file');
      const { replayLines } = await import('@/lib/cli/replay-lines');
      for (const { line, text, value } of replayLines(await readLines(file))) {
        answer(json, { line, ...value }, text);
      }
    });
}

/** A file of another form is wrong use, not a failure of Gait. */
function wellFormed<T>(file: string, check: (value: unknown) => T, value: unknown): T {
  try {
    return check(value);
  } catch (error) {
    throw new AppError('bad_request', `${file} is no file of test vectors. ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
