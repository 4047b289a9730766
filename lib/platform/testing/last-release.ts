import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '@/lib/platform/root';

const lastReleaseSchema = z.strictObject({
  /** The version that may serve while this one migrates. */
  release: z.string(),
  /** Its last migration: what is newer may only expand. */
  lastMigration: z.string(),
  /** What looks like a contraction and is none to that release: all statements of a migration about one table, and why. */
  kept: z.array(z.strictObject({ migration: z.string(), statements: z.string(), why: z.string() })),
});

export function readLastRelease(): z.infer<typeof lastReleaseSchema> {
  return lastReleaseSchema.parse(
    JSON.parse(readFileSync(join(projectRoot(), 'prisma', 'last-release.json'), 'utf8')),
  );
}
