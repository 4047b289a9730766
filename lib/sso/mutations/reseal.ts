import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { resealed } from '@/lib/platform/seal';
import { sealedFor } from '../data/connections';

/** Seals anew what was sealed under the previous AUTH_SECRET, so that that one can go. */
export async function resealConnections(orgId: OrgId): Promise<void> {
  await inOrg(orgId, async (tx) => {
    const rows = await tx.connection.findMany({ where: { orgId }, select: { id: true, secretSealed: true } });
    for (const { id, secretSealed } of rows) {
      const anew = secretSealed === null ? null : resealed(secretSealed, sealedFor(orgId, id));
      // Where an admin has just set another one, that stands.
      if (anew !== null)
        await tx.connection.updateMany({ where: { orgId, id, secretSealed }, data: { secretSealed: anew } });
    }
  });
}
