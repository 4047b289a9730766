import { type DatabaseOptions, withDatabase } from '@/lib/cli/local-database';
import { findInstalledOrg } from '@/lib/organisations/mutations';
import { systemClock } from '@/lib/platform/clock';
import type { Ctx } from '@/lib/platform/ctx';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';

/** Runs `work` for the organisation that this installation opens with, on its own database. */
export async function withInstalledOrg<T>(
  work: (ctx: Ctx) => Promise<T>,
  options?: DatabaseOptions,
): Promise<T> {
  return withDatabase(async () => {
    const orgId = await findInstalledOrg();
    if (!orgId)
      throw new AppError(
        'not_found',
        'Gait was never started here. Run npm start once (with the same GAIT_HOME or DATABASE_URL, where one is set), wait until it says that Gait is ready, and run this command again. Gait may go on running.',
      );
    return work({
      orgId,
      actor: { kind: 'job', name: 'gait command' },
      clock: systemClock,
      requestId: newId(),
    });
  }, options);
}
