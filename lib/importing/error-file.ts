import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { AppError } from '@/lib/platform/errors';
import { whyUnwritable } from '@/lib/platform/unwritable';
import type { Leftover } from './dataset';

/** Rows that did not go in, one JSON object a line. The file is made when the first one comes. */
export type ErrorFile = { readonly path: string; add(leftover: Leftover): void; close(): void };

/** Throws `invalid` when the file cannot be written, or is one of those that are imported: before anything is sent. */
export function createErrorFile(path: string, inputs: readonly string[]): ErrorFile {
  tryToWrite(path);
  if (inputs.some((input) => isSameFile(input, path)))
    throw new AppError('invalid', `--errors ${path} is a file that is being imported.`);
  let file: number | undefined;
  return {
    path,
    add: (leftover) => {
      try {
        file ??= openSync(path, 'w', 0o600);
        writeSync(file, `${JSON.stringify(leftover)}\n`);
      } catch (error) {
        const why = whyUnwritable(error, 'its folder is gone');
        throw new AppError('unavailable', `The error file ${path} cannot be written any more: ${why}.`, {
          cause: error,
        });
      }
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** By opening it, which is the only way to know; what was there stays, and what was not there is not there afterwards. */
function tryToWrite(path: string): void {
  try {
    const isNew = statSync(path, { throwIfNoEntry: false }) === undefined;
    closeSync(openSync(path, 'a', 0o600));
    if (isNew) rmSync(path);
  } catch (error) {
    const why = whyUnwritable(error, 'there is no such folder');
    throw new AppError(
      'invalid',
      `The error file ${path} cannot be written: ${why}. Name another with --errors.`,
      {
        cause: error,
      },
    );
  }
}

/** Links, too, are other names of a file. */
function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
