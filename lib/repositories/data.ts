import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';

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

/** The team of each repository that somebody has assigned to one, as a slug. */
export async function teamsOfRepositories(tx: Tx, orgId: OrgId): Promise<Map<string, string>> {
  const rows = await tx.repository.findMany({
    where: { orgId, team: { not: null } },
    select: { name: true, team: true },
  });
  return new Map(rows.map(({ name, team }) => [name, team ?? '']));
}
