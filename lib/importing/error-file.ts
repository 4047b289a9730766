import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError, messageOf } from '@/lib/platform/errors';
import type { Leftover } from './dataset';

/** Rows that did not go in, one JSON object a line. The file is made when the first one comes. */
export type ErrorFile = { readonly path: string; add(leftover: Leftover): void; close(): void };

export function createErrorFile(path: string, inputs: readonly string[]): ErrorFile {
  if (inputs.some((input) => resolve(input) === resolve(path))) {
    throw new AppError('invalid', `--errors ${path} is a file that is being imported.`);
  }
  let file: number | undefined;
  return {
    path,
    add: (leftover) => {
      file ??= openForWriting(path);
      writeSync(file, `${JSON.stringify(leftover)}\n`);
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function openForWriting(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    throw new AppError(
      'invalid',
      `The error file ${path} cannot be written: ${messageOf(error)}. Name another with --errors.`,
    );
  }
}
