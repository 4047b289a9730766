import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';

export function getOrganisation(orgId: OrgId): Promise<{ slug: string; name: string; isSample: boolean }> {
  return inOrg(orgId, (tx) =>
    tx.organisation.findUniqueOrThrow({
      where: { orgId },
      select: { slug: true, name: true, isSample: true },
    }),
  );
}
