import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cannotStart } from '@/lib/platform/errors';
import { canReach, chooseRunAs, type RunAs } from '@/lib/platform/postgres/run-as';

export type Location = { data: string; runAs: RunAs | null };

/** Root only: where data goes when PostgreSQL's user cannot enter the folder that GAIT_HOME is in. */
function elsewhere(home: string): string {
  const hash = createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 16);
  return join('/var/lib/gait', hash, 'postgres');
}

function refuseStrangersData(data: string): void {
  const uid = process.getuid?.();
  if (uid === undefined || uid === 0 || !existsSync(data) || statSync(data).uid === uid) return;
  throw cannotStart(
    `The database in ${data} belongs to another user of this machine. Start Gait as that user, or set GAIT_HOME to another folder.`,
  );
}

/** Data found stays where it is; new data goes into GAIT_HOME if the user that PostgreSQL runs as can get there. */
export function locateData(home: string, say: (line: string) => void): Location {
  const inside = join(home, 'postgres');
  refuseStrangersData(inside);
  const outside = elsewhere(home);
  const runAs = chooseRunAs([inside, outside]);
  if (existsSync(inside)) {
    if (canReach(runAs, inside)) return { data: inside, runAs };
    throw cannotStart(
      `The database in ${inside} belongs to ${runAs?.name}, who cannot enter the folders above it. Allow that (chmod o+x on each of them), or start Gait as the user who made it.`,
    );
  }
  if (existsSync(outside) && runAs !== null) return { data: outside, runAs };
  if (canReach(runAs, home)) return { data: inside, runAs };
  say(`PostgreSQL's user cannot enter ${home}: keeping the database in ${outside}.`);
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 });
  return { data: outside, runAs };
}
