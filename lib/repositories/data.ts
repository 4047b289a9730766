import type { TeamRules } from '@/lib/domain/ownership';
import { slugsOfTeams } from '@/lib/domain/slug';
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

/** What says whose tasks are. @param names of the repositories that it is asked about; all, when absent */
export async function teamRules(tx: Tx, orgId: OrgId, names?: readonly string[]): Promise<TeamRules> {
  const owned =
    names?.length === 0
      ? []
      : await tx.repository.findMany({
          where: { orgId, team: { not: null }, ...(names && { name: { in: [...names] } }) },
          select: { name: true, team: true },
        });
  return {
    teamOfRepository: new Map(owned.map(({ name, team }) => [name, team ?? ''])),
    slugOfTeam: await slugOfTeam(tx, orgId),
  };
}

/** The slug of a team by its name. Only those slugs are read that may differ from what the name gives: long ones, and ones beyond ASCII. */
export async function slugOfTeam(tx: Tx, orgId: OrgId): Promise<(name: string) => string> {
  const known = await tx.$queryRaw<{ slug: string; name: string }[]>`
    SELECT slug, name FROM team WHERE org_id = ${orgId}::uuid AND (char_length(slug) >= 59 OR octet_length(name) > char_length(name))`;
  return slugsOfTeams(known);
}
