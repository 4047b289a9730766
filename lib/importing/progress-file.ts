import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImportPlan } from './plan-import';
import { type Progress, parseProgress } from './resumption';

/** Where an import keeps how far it has come, until it is done. */
export type ProgressFile = {
  read(): Progress | null;
  /** Writes at most twice a second, and `isLast` in any case, but never that nothing is done yet. */
  write(progress: () => Progress, isLast?: boolean): void;
  remove(): void;
};

const EVERY_MS = 500;

/** What must be the same for going on to make sense: the files, how they are read, and where they go. */
export function planKey({ source, datasets }: ImportPlan, destination: string): string {
  const tables = datasets.flatMap(({ pullRequests, reviews, timeline, settings }) =>
    [pullRequests, reviews, timeline].map((one) => {
      if (!one) return null;
      const { size, mtimeMs } = statSync(one.table.file);
      return [resolve(one.table.file), size, mtimeMs, one.columns, settings];
    }),
  );
  return createHash('sha256')
    .update(JSON.stringify([source, destination, tables]))
    .digest('hex')
    .slice(0, 24);
}

export function progressFile(home: string, key: string): ProgressFile {
  const folder = join(home, 'imports');
  const path = join(folder, `${key}.json`);
  let writtenAt = 0;
  return {
    read: () => {
      try {
        return parseProgress(readFileSync(path, 'utf8'));
      } catch {
        return null;
      }
    },
    write: (progress, isLast = false) => {
      if (!isLast && performance.now() - writtenAt < EVERY_MS) return;
      if (Object.keys(progress().done).length === 0) return;
      writtenAt = performance.now();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.${process.pid}`, JSON.stringify(progress()), { mode: 0o600 });
      renameSync(`${path}.${process.pid}`, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}
