import { wantsStacks } from '@/lib/platform/env';
import { type AppError, isAppError, messageOf, systemCode } from '@/lib/platform/errors';
import { whyUnwritable } from '@/lib/platform/unwritable';

/** What a command tells the shell. */
export const exitCodes = {
  done: 0,
  /** It worked, and the answer is no: a gate that refuses, a record that does not verify. */
  no: 1,
  wrongUse: 2,
  couldNot: 3,
} as const;

/** Text from files without what would steer the terminal. */
const printable = (text: string): string => text.replace(/(?![\n\t])\p{Cc}/gu, '\uFFFD');

/** A line beside the answer. */
export function remark(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** What a form shows next to its fields, a command says in a line each. */
function sentencesOf({ message, fields }: AppError): string {
  const wrong = Object.entries(fields ?? {}).flatMap(([field, said]) =>
    said.map((sentence) => `${field}: ${sentence}`),
  );
  return wrong.length > 0 ? wrong.join('\n') : message;
}

/** What went wrong, on stderr; where in the code it happened only for those who set LOG_LEVEL=debug. */
export function reportFailure(error: unknown): number {
  remark(isAppError(error) ? sentencesOf(error) : `Gait failed: ${messageOf(error)}`);
  if (wantsStacks() && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return isAppError(error) && (error.code === 'bad_request' || error.code === 'invalid')
    ? exitCodes.wrongUse
    : exitCodes.couldNot;
}

/** What a command answers: for people a line, for programs JSON, always on stdout. */
export function answer(asJson: boolean | undefined, value: unknown, line: string): void {
  process.stdout.write(`${asJson === true ? JSON.stringify(value) : printable(line)}\n`);
}

/** Who closes the pipe has read enough, as `head` does; but an answer that a full disk swallows was not given. */
export function guardOutput(): void {
  let isLost = false;
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error) => {
    if (isLost || systemCode(error) === 'EPIPE') return;
    isLost = true;
    remark(`The answer could not be written: ${whyUnwritable(error, 'its folder is gone')}.`);
    process.on('exit', () => {
      process.exitCode = exitCodes.couldNot;
    });
  });
}
