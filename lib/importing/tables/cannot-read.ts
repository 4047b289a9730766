import { AppError, systemCode } from '@/lib/platform/errors';

/** Why a file or a folder cannot be read, in words. */
export function cannotRead(path: string, error: unknown): AppError {
  const code = systemCode(error);
  const sentence =
    code === 'EACCES' || code === 'EPERM'
      ? `You may not read ${path}.`
      : code === 'ENOENT' || code === 'ENOTDIR'
        ? `There is no file ${path}.`
        : `${path} cannot be read (${code}).`;
  return new AppError('invalid', sentence, { cause: error });
}
