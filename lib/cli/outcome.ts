import { wantsStacks } from '@/lib/platform/env';
import { isAppError, messageOf } from '@/lib/platform/errors';

/** What a command tells the shell. */
export const exitCodes = {
  done: 0,
  /** It worked, and the answer is no: a gate that refuses, a record that does not verify. */
  no: 1,
  wrongUse: 2,
  couldNot: 3,
} as const;

/** One sentence on stderr; where in the code it happened only for those who set LOG_LEVEL=debug. */
export function reportFailure(error: unknown): number {
  const sentence = isAppError(error) ? error.message : `Gait failed: ${messageOf(error)}`;
  process.stderr.write(`${sentence}\n`);
  if (wantsStacks() && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return isAppError(error) && (error.code === 'bad_request' || error.code === 'invalid')
    ? exitCodes.wrongUse
    : exitCodes.couldNot;
}

/** What a command answers: for people a line, for programs JSON, always on stdout. */
export function answer(asJson: boolean | undefined, value: unknown, line: string): void {
  process.stdout.write(`${asJson === true ? JSON.stringify(value) : line}\n`);
}
