import { ABILITIES, type Ability, type Role } from '@/lib/domain/ability';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';

/** Enough names to ask somebody, few enough for a sentence. */
const MOST_NAMES = 3;

/** Names of people who may, those of the team first. `tx`: the transaction that the caller is in already. */
export async function listWhoMay(
  orgId: OrgId,
  ability: Ability,
  team: string | null,
  tx?: Tx,
): Promise<string[]> {
  if (!tx) return inOrg(orgId, (own) => listWhoMay(orgId, ability, team, own));
  const { roles, teamRoles }: { roles: readonly Role[]; teamRoles: readonly Role[] } = ABILITIES[ability];
  const ofOrganisation = { team: '', role: { in: [...roles] } };
  const ofTeam = { team: team ?? '', role: { in: [...teamRoles] } };
  const people = await tx.person.findMany({
    where: {
      orgId,
      removedAt: null,
      grants: { some: { OR: team === null ? [ofOrganisation] : [ofOrganisation, ofTeam] } },
    },
    select: { name: true, grants: { select: { team: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 50,
  });
  const isOfTeam = ({ grants }: (typeof people)[number]) => grants.some((grant) => grant.team === team);
  const nearest = [...people.filter(isOfTeam), ...people.filter((person) => !isOfTeam(person))];
  return nearest.slice(0, MOST_NAMES).map(({ name }) => name);
}
