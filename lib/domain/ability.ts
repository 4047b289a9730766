/** What people may be in an organisation. */
export const ROLES = ['owner', 'admin', 'lead', 'member', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What people may be in one team: the other roles are about the organisation as a whole. */
export const TEAM_ROLES = ['lead', 'member'] as const satisfies readonly Role[];

/** A role that somebody holds: in the whole organisation, or (`team` is its slug) in one team. */
export type Grant = { readonly role: Role; readonly team: string | null };

type Rule = {
  /** Ends the sentence "Only … may". */
  readonly does: string;
  /** Roles of the organisation that may, for every team. */
  readonly roles: readonly Role[];
  /** Roles in a team that may, where the deed is about that team. */
  readonly teamRoles: readonly Role[];
};

/** Who may do what: the one table that verbs, loaders and screens ask. */
export const ABILITIES = {
  read: { does: 'read', roles: ROLES, teamRoles: TEAM_ROLES },
  recordByHand: {
    does: 'record evidence by hand',
    roles: ['owner', 'admin', 'lead', 'member'],
    teamRoles: TEAM_ROLES,
  },
  decideGears: { does: 'decide about gears', roles: ['owner', 'admin', 'lead'], teamRoles: ['lead'] },
  assignRepositories: {
    does: 'say which team a repository belongs to',
    roles: ['owner', 'admin', 'lead'],
    teamRoles: [],
  },
  scheduleReports: {
    does: 'say when reports are due and whether they are sent',
    roles: ['owner', 'admin', 'lead'],
    teamRoles: ['lead'],
  },
  manageChannels: {
    does: 'say which channels news go to',
    roles: ['owner', 'admin', 'lead'],
    teamRoles: ['lead'],
  },
  registerAgents: { does: 'register agents', roles: ['owner', 'admin', 'lead'], teamRoles: ['lead'] },
  manageTokens: {
    does: 'make and revoke tokens',
    roles: ['owner', 'admin', 'lead'],
    teamRoles: ['lead'],
  },
  manageMembers: { does: 'invite people and change their roles', roles: ['owner', 'admin'], teamRoles: [] },
  manageOwners: { does: 'make owners, and end their ownership', roles: ['owner'], teamRoles: [] },
  manageSignIn: { does: 'set up how people sign in', roles: ['owner', 'admin'], teamRoles: [] },
  enforceSso: { does: 'enforce single sign-on', roles: ['owner'], teamRoles: [] },
  readAudit: { does: 'read the audit log', roles: ['owner', 'admin', 'auditor'], teamRoles: [] },
  keepAudit: { does: 'change how the audit log is kept', roles: ['owner', 'admin'], teamRoles: [] },
  acknowledgeAuditAlarm: {
    does: 'acknowledge an alarm of the audit log',
    roles: ['owner'],
    teamRoles: [],
  },
  removeSample: { does: 'remove the sample data', roles: ['owner', 'lead'], teamRoles: [] },
} as const satisfies Record<string, Rule>;

export type Ability = keyof typeof ABILITIES;

/**
 * Whether somebody with these roles may do it.
 * @param team slug of the team that the deed is about; null when it is about the organisation as a whole
 */
export function may(grants: readonly Grant[], ability: Ability, team: string | null): boolean {
  const { roles, teamRoles }: Rule = ABILITIES[ability];
  return grants.some((grant) =>
    grant.team === null ? roles.includes(grant.role) : grant.team === team && teamRoles.includes(grant.role),
  );
}

/** Whether they may do it somewhere, in one team at least: for what a screen offers before a team is chosen. */
export function mayAnywhere(grants: readonly Grant[], ability: Ability): boolean {
  return [null, ...grants.map(({ team }) => team)].some((team) => may(grants, ability, team));
}

const PLURALS: Readonly<Record<Role, string>> = {
  owner: 'owners',
  admin: 'admins',
  lead: 'leads',
  member: 'members',
  auditor: 'auditors',
};

/** One sentence: who may. `Only owners and admins invite people and change their roles.` */
export function whoMay(ability: Ability): string {
  const { does, roles, teamRoles }: Rule = ABILITIES[ability];
  const named = roles.map((role) => PLURALS[role]);
  const inTeam = teamRoles.length > 0 ? ' (or those of the team)' : '';
  return `Only ${new Intl.ListFormat('en').format(named)}${inTeam} ${does}.`;
}

/** The roles as one short text: `owner`, or `lead of payments, member of search`. */
export function describeGrants(
  grants: readonly Grant[],
  teamName: (slug: string) => string = (slug) => slug,
): string {
  const ranked = [...grants].sort((a, b) => rank(a) - rank(b));
  const texts = ranked.map(({ role, team }) => (team === null ? role : `${role} of ${teamName(team)}`));
  return texts.length === 0 ? 'no role yet' : [...new Set(texts)].join(', ');
}

function rank({ role, team }: Grant): number {
  return ROLES.indexOf(role) + (team === null ? 0 : ROLES.length);
}
