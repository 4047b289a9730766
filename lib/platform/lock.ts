import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '@/lib/platform/clock';
import { cannotStart, systemCode } from '@/lib/platform/errors';
import { isAlive, startMark } from '@/lib/platform/processes';

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** Tells this process from a later one with the same pid; null where the machine does not say. */
  mark: z.string().nullable(),
  startedAt: z.string(),
  command: z.string(),
  url: z.string().nullable(),
});

export type Holder = z.infer<typeof holderSchema>;
export type Lock = { release(): void };

const lockFile = (home: string): string => join(home, 'gait.lock');

function readHolder(file: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function isHeld(holder: Holder): boolean {
  if (!isAlive(holder.pid)) return false;
  return holder.mark === null || holder.mark === startMark(holder.pid);
}

/** Who uses the data folder at this moment, if anyone. */
export function lockHolder(home: string): Holder | null {
  const holder = readHolder(lockFile(home));
  return holder !== null && isHeld(holder) ? holder : null;
}

function refuse(holder: Holder): never {
  const since = new Date(holder.startedAt).toTimeString().slice(0, 5);
  const where = holder.url === null ? '' : `, at ${holder.url}`;
  throw cannotStart(
    `Gait is already running on this folder: process ${holder.pid} (${holder.command}, since ${since})${where}. Stop it first, or set GAIT_HOME to another folder.`,
  );
}

/** Link, unlike open, creates the file with its content: nobody ever reads half a lock. */
function tryCreate(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead process's lock out of the way. What was moved is looked at again: another starter may have been quicker. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== null && isHeld(moved)) {
    renameSync(aside, file);
    refuse(moved);
  }
  rmSync(aside, { force: true });
}

export function acquireLock(
  home: string,
  { command, url, clock }: { command: string; url: string | null; clock: Clock },
): Lock {
  const file = lockFile(home);
  const startedAt = clock.now().toISOString();
  const content = JSON.stringify({
    pid: process.pid,
    mark: startMark(process.pid),
    startedAt,
    command,
    url,
  } satisfies Holder);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (tryCreate(file, content)) return { release: () => rmSync(file, { force: true }) };
    const holder = readHolder(file);
    if (holder !== null && isHeld(holder)) refuse(holder);
    removeStale(file);
  }
  throw cannotStart(
    `The lock ${file} changes hands all the time. Stop every Gait on this folder and start one.`,
  );
}
