import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';

/** The repositories that evidence has named or somebody has assigned, with the slug of their team; null while nobody has said. */
export async function listRepositories(orgId: OrgId): Promise<{ name: string; team: string | null }[]> {
  return inOrg(orgId, (tx) =>
    tx.repository.findMany({
      where: { orgId },
      orderBy: { name: 'asc' },
      select: { name: true, team: true },
    }),
  );
}
