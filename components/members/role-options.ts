import { ROLES, type Role, TEAM_ROLES } from '@/lib/domain/ability';

type Team = { slug: string; name: string };

const does: Readonly<Record<Role, string>> = {
  owner: 'may everything',
  admin: 'people, sign-in, tokens and gears',
  lead: 'decides about the gears of every team',
  member: 'records evidence for every team',
  auditor: 'reads everything, changes nothing',
};

/** The roles to choose from, in the organisation and then in each team; values as the schema reads them. */
export function roleOptions(teams: readonly Team[]): { value: string; label: string }[] {
  return [
    ...ROLES.map((role) => ({ value: role, label: `${role}: ${does[role]}` })),
    ...teams.flatMap(({ slug, name }) =>
      TEAM_ROLES.map((role) => ({ value: `${role}@${slug}`, label: `${role} of ${name}` })),
    ),
  ];
}

/** A role as the schema reads it. */
export function roleValue({ role, team }: { role: Role; team: string | null }): string {
  return team === null ? role : `${role}@${team}`;
}
