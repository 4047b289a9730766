import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { isAppError } from '@/lib/platform/errors';
import { logger } from '@/lib/platform/logger';
import { openSealed, seal } from '@/lib/platform/seal';
import { sealedFor } from '../data/connections';

/** Seals anew what was sealed under the previous AUTH_SECRET, so that that one can go. */
export async function resealConnections(orgId: OrgId): Promise<void> {
  await inOrg(orgId, async (tx) => {
    const rows = await tx.connection.findMany({ where: { orgId }, select: { id: true, secretSealed: true } });
    for (const { id, secretSealed } of rows) {
      const plain = secretSealed === null ? null : oldSecret(secretSealed, orgId, id);
      // Where an admin has just set another one, that stands.
      if (plain !== null)
        await tx.connection.updateMany({
          where: { orgId, id, secretSealed },
          data: { secretSealed: seal(plain, sealedFor(orgId, id)) },
        });
    }
  });
}

function oldSecret(sealed: string, orgId: OrgId, connection: string): string | null {
  try {
    const { plain, isOld } = openSealed(sealed, sealedFor(orgId, connection));
    return isOld ? plain : null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    logger().warn({ orgId, connection, reason: error.message }, 'The secret of a connection does not open.');
    return null;
  }
}
