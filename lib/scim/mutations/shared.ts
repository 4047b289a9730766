import { recordAudit } from '@/lib/audit/record';
import { hasTakenTheLast } from '@/lib/members/break-glass';
import { countOwners, lockPeople } from '@/lib/members/keep-owner';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, isAppError } from '@/lib/platform/errors';
import { requireDirectory } from '../ability';
import { namesVersion } from '../schema/etag';
import { etagOf } from '../schema/represent';

/** The version that the request wants to change (`If-Match`); null = whichever stands. */
export type Expected = string | null;

/**
 * Runs a change of the directory: alone in its organisation, since everything that changes people or roles takes the same lock
 * first, and only while its connection is there. That a directory tried to take the last owner away, or the last who may break the
 * glass, stands in the record, although nothing changed.
 */
export async function changingDirectory<T>(
  ctx: Ctx,
  target: string,
  change: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { orgId } = ctx;
  const id = requireDirectory(ctx);
  try {
    return await inOrg(orgId, async (tx) => {
      await lockPeople(tx, orgId);
      if ((await tx.connection.count({ where: { orgId, id } })) === 0)
        throw new AppError('unauthenticated', 'The connection of this token is gone.');
      return change(tx);
    });
  } catch (error) {
    if (isAppError(error) && [LAST_OWNER, LAST_BREAKER].includes(error.message)) {
      const reason = error.message;
      await inOrg(orgId, (tx) => recordAudit(tx, ctx, { act: 'directory.refused', target, reason }));
    }
    throw error;
  }
}

const LAST_OWNER =
  'This user is the last owner in Gait. Make somebody else an owner there first; nothing was changed.';

const LAST_BREAKER =
  'This user is the last in Gait whom a link signs in while single sign-on is enforced. Let another owner break the glass there first; nothing was changed.';

/** Called after somebody was shut out, in its transaction: a directory may not take the last owner away, nor the last way in. */
export async function requireSomebodyStill(tx: Tx, { orgId }: Ctx, personId: string): Promise<void> {
  if ((await countOwners(tx, orgId)) === 0) throw new AppError('conflict', LAST_OWNER);
  if (await hasTakenTheLast(tx, orgId, [personId])) throw new AppError('conflict', LAST_BREAKER);
}

/** @throws AppError `stale` when another version stands than the one the directory had seen */
export function requireVersion({ version }: { version: number }, expected: Expected): void {
  if (expected !== null && !namesVersion(expected, etagOf(version)))
    throw new AppError('stale', 'The resource has changed since this version of it.');
}
