import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { resealed } from '@/lib/platform/seal';
import { sealedForChannel } from '../channel-secrets';

/** Seals anew what was sealed under the previous AUTH_SECRET, so that that one can go. */
export async function resealChannels(orgId: OrgId): Promise<void> {
  await inOrg(orgId, async (tx) => {
    const rows = await tx.channel.findMany({ where: { orgId } });
    for (const { id, urlSealed, secretSealed } of rows) {
      const purpose = sealedForChannel({ orgId, id });
      const url = resealed(urlSealed, purpose);
      const secret = secretSealed === null ? null : resealed(secretSealed, purpose);
      if (url === null && secret === null) continue;
      await tx.channel.updateMany({
        where: { orgId, id },
        data: { ...(url !== null && { urlSealed: url }), ...(secret !== null && { secretSealed: secret }) },
      });
    }
  });
}
