import { systemCode } from '@/lib/platform/errors';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
};

/** Why the system would not write a file or make a folder, in words. @param noEntry what it means that there is none */
export function whyUnwritable(error: unknown, noEntry: string): string {
  const code = systemCode(error);
  if (code === 'ENOENT') return noEntry;
  return (code && reasons[code]) ?? code ?? 'unknown reason';
}
