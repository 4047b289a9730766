import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockHolder } from '@/lib/platform/lock';

const runSchema = z.object({ pid: z.number().int(), url: z.string(), databaseUrl: z.string() });

/** What a running Gait leaves for the command line: where it answers, and its database. Holds a password: 0600. */
export type Run = z.infer<typeof runSchema>;

const runFile = (home: string): string => join(home, 'run.json');

export function writeRun(home: string, run: Run): void {
  const draft = `${runFile(home)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(run), { mode: 0o600 });
  renameSync(draft, runFile(home));
}

export function removeRun(home: string): void {
  rmSync(runFile(home), { force: true });
}

/** The Gait that runs on this data folder now; a file left by a killed one does not count. */
export function findRun(home: string): Run | null {
  const holder = lockHolder(home);
  if (holder === null) return null;
  try {
    const run = runSchema.parse(JSON.parse(readFileSync(runFile(home), 'utf8')));
    return run.pid === holder.pid ? run : null;
  } catch {
    return null;
  }
}
