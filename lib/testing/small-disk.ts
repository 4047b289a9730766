import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = {
  folder: string;
  /** Takes all the room there is, but for so many bytes, in whole pages of 4 KiB. */
  fill(leave?: number): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
};

const PAGE = 4_096;

/** A disk of its own, of so many KiB, in memory; null where none can be mounted, which takes root. */
export function aSmallDisk(kibibytes: number): SmallDisk | null {
  if (process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'gait-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  chmodSync(folder, 0o711);
  const filler = join(folder, 'filler');
  const free = () => rmSync(filler, { force: true });
  return {
    folder,
    free,
    fill: (leave = 0) => {
      const spare = join(folder, 'spare');
      const pages = Math.ceil(leave / PAGE);
      const kept = openSync(spare, 'w');
      for (let page = 0; page < pages; page += 1) writeSync(kept, Buffer.alloc(PAGE));
      closeSync(kept);
      const out = openSync(filler, 'a');
      try {
        for (let size = 1024 * 1024; size >= PAGE; ) {
          try {
            writeSync(out, Buffer.alloc(size));
          } catch {
            size /= 2;
          }
        }
      } finally {
        closeSync(out);
        rmSync(spare);
      }
    },
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
