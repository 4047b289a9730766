import { AppError, messageOf, systemCode } from '@/lib/platform/errors';

const WORDS: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `You may not read ${path}.`,
  EPERM: (path) => `You may not read ${path}.`,
  ENOENT: (path) => `There is no file ${path}.`,
  ENOTDIR: (path) => `There is no file ${path}.`,
  EISDIR: (path) => `${path} is a folder.`,
};

/** Why a file or a folder cannot be read, in words. A failure, not wrong use: the same command may succeed once the file is there. */
export function cannotRead(path: string, error: unknown): AppError {
  const code = systemCode(error) ?? messageOf(error);
  const sentence = WORDS[code]?.(path) ?? `${path} cannot be read (${code}).`;
  return new AppError('unavailable', sentence, { cause: error });
}
