import { type AuditEntry, recordAudits } from '@/lib/audit/record';
import { type GroupGrant, grantedBy } from '@/lib/domain/identity/group-grants';
import { isEnforced, requireGlassBreaker } from '@/lib/members/break-glass';
import { lockPeople } from '@/lib/members/keep-owner';
import { endLostAccess } from '@/lib/members/mutations/lost-access';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { mappingsOf } from '../data/mappings';

type Member = {
  personId: string;
  connectionId: string;
  /** The groups that a sign-in has just named; undefined when only the directory is asked. */
  claimed?: readonly string[];
};

/**
 * Gives a person the roles of their groups, and takes those away whose group they have left. Roles given by hand are not touched.
 * Whom the directory knows has the groups that the directory says, not those that some sign-in once named. The last owner, and the
 * last who may break the glass, keep that role, whatever the groups say. Doing it twice is doing it once.
 */
export async function syncGroupGrants(tx: Tx, ctx: Ctx, member: Member): Promise<void> {
  const { personId, connectionId, claimed } = member;
  const known = (await directoryGroups(tx, ctx, connectionId, [personId])).get(personId);
  const groups = known ?? claimed;
  if (groups !== undefined) await giveByGroups(tx, ctx, connectionId, new Map([[personId, groups]]));
}

/** The same for many people of whom only the directory is asked; whom it does not know any more is in no group. */
export async function syncDirectoryGrants(
  tx: Tx,
  ctx: Ctx,
  connectionId: string,
  personIds: readonly string[],
): Promise<void> {
  const known = await directoryGroups(tx, ctx, connectionId, personIds);
  const groups = new Map(personIds.map((personId) => [personId, known.get(personId) ?? []]));
  await giveByGroups(tx, ctx, connectionId, groups);
}

/** A role in a place, and the mapping that gives it. */
type Given = { team: string; role: string; source: string };
type Kept = 'keptAsLastOwner' | 'keptToBreakTheGlass';
type Change = { personId: string; gained: Given[]; lost: Given[]; kept: Kept | null };

async function giveByGroups(
  tx: Tx,
  ctx: Ctx,
  connectionId: string,
  groupsOf: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const { orgId } = ctx;
  await lockPeople(tx, orgId);
  const mappings = await mappingsOf(tx, orgId, connectionId);
  const held = await heldBy(tx, ctx, mappings, [...groupsOf.keys()]);
  const changes = [...groupsOf].flatMap(([personId, groups]): Change[] => {
    const wanted = wantedBy(groups, mappings);
    const has = held.get(personId) ?? [];
    const gained = wanted.filter((grant) => !has.some(isSame(grant)));
    const lost = has.filter((grant) => !wanted.some(isSame(grant)));
    return gained.length + lost.length === 0 ? [] : [{ personId, gained, lost, kept: null }];
  });
  if (changes.length === 0) return;
  const made = await keepingAnOwner(tx, ctx, changes);
  await write(tx, ctx, made);
  await recordAudits(tx, ctx, made.map(entryOf));
}

function wantedBy(groups: readonly string[], mappings: readonly GroupGrant[]): Given[] {
  return grantedBy(groups, mappings).map(({ id, team, role }) => ({
    team: team ?? '',
    role,
    source: `group:${id}`,
  }));
}

const isSame = (a: Given) => (b: Given) => a.source === b.source && a.team === b.team && a.role === b.role;
const isOwnership = ({ team, role }: { team: string; role: string }) => team === '' && role === 'owner';

async function heldBy(
  tx: Tx,
  { orgId }: Ctx,
  mappings: readonly GroupGrant[],
  personIds: readonly string[],
): Promise<Map<string, Given[]>> {
  const rows = await tx.$queryRaw<(Given & { personId: string })[]>`
    SELECT g.person_id AS "personId", g.team, g.role, g.source FROM role_grant g
    WHERE g.org_id = ${orgId}::uuid AND g.person_id = ANY (${[...personIds]}::uuid[])
      AND g.source = ANY (${mappings.map(({ id }) => `group:${id}`)}::text[])`;
  return Map.groupBy(
    rows.map(({ personId, team, role, source }) => ({ personId, team, role, source })),
    ({ personId }) => personId,
  );
}

/** Whoever would be the last to lose ownership keeps it; so does the last owner whom a link signs in, where single sign-on is enforced. */
async function keepingAnOwner(tx: Tx, ctx: Ctx, changes: readonly Change[]): Promise<Change[]> {
  const losing = changes.filter(({ lost }) => lost.some(isOwnership));
  if (losing.length === 0) return [...changes];
  const rows = await tx.roleGrant.findMany({
    where: { orgId: ctx.orgId, team: '', role: 'owner', person: { removedAt: null } },
    select: { personId: true, team: true, role: true, source: true },
  });
  const ownerships = Map.groupBy(rows, ({ personId }) => personId);
  const gaining = changes.flatMap(({ personId, gained }) => (gained.some(isOwnership) ? [personId] : []));
  const owners = new Set([...ownerships.keys(), ...(await present(tx, ctx, gaining))]);
  const breakers = await breakersOf(tx, ctx, owners);
  return changes.map((change) => {
    const { personId, gained, lost } = change;
    const leaving = lost.filter(isOwnership);
    if (leaving.length === 0 || gained.some(isOwnership)) return change;
    const others = (ownerships.get(personId) ?? []).filter((grant) => !leaving.some(isSame(grant)));
    if (others.length > 0 || !owners.has(personId)) return change;
    const isLastBreaker = breakers.size === 1 && breakers.has(personId);
    if (owners.size === 1 || isLastBreaker)
      return {
        ...change,
        lost: lost.filter((grant) => !isOwnership(grant)),
        kept: owners.size === 1 ? 'keptAsLastOwner' : 'keptToBreakTheGlass',
      };
    owners.delete(personId);
    breakers.delete(personId);
    return change;
  });
}

/** Who of the owners may break the glass; nobody where single sign-on is not enforced. */
async function breakersOf(tx: Tx, { orgId }: Ctx, owners: ReadonlySet<string>): Promise<Set<string>> {
  if (!(await isEnforced(tx, orgId))) return new Set();
  const rows = await tx.person.findMany({
    where: { orgId, breakGlass: true, id: { in: [...owners] } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

async function present(tx: Tx, { orgId }: Ctx, ids: string[]): Promise<string[]> {
  const rows = await tx.person.findMany({
    where: { orgId, id: { in: ids }, removedAt: null },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

async function write(tx: Tx, ctx: Ctx, changes: readonly Change[]): Promise<void> {
  const { orgId, clock } = ctx;
  const columns = (of: 'gained' | 'lost') => {
    const rows = changes.flatMap((change) =>
      change[of].map((grant) => ({ ...grant, personId: change.personId })),
    );
    return {
      persons: rows.map(({ personId }) => personId),
      teams: rows.map(({ team }) => team),
      roles: rows.map(({ role }) => role),
      sources: rows.map(({ source }) => source),
    };
  };
  const lost = columns('lost');
  if (lost.persons.length > 0)
    await tx.$executeRaw`
      DELETE FROM role_grant g USING unnest(${lost.persons}::uuid[], ${lost.teams}::text[], ${lost.sources}::text[]) AS l (person, team, source)
      WHERE g.org_id = ${orgId}::uuid AND g.person_id = l.person AND g.team = l.team AND g.source = l.source`;
  const gained = columns('gained');
  if (gained.persons.length > 0)
    await tx.$executeRaw`
      INSERT INTO role_grant (org_id, person_id, team, role, source, granted_at)
      SELECT ${orgId}::uuid, g.person, g.team, g.role, g.source, ${clock.now()}
      FROM unnest(${gained.persons}::uuid[], ${gained.teams}::text[], ${gained.roles}::text[], ${gained.sources}::text[])
        AS g (person, team, role, source)
      ON CONFLICT DO NOTHING`;
  await endLostAccess(tx, ctx, lost.persons);
}

function entryOf({ personId, gained, lost, kept }: Change): AuditEntry {
  const inWords = (grants: readonly Given[]) =>
    grants.map(({ role, team }) => (team === '' ? role : `${role} of ${team}`)).sort();
  return {
    act: 'person.roles_changed',
    target: `person:${personId}`,
    before: { lost: inWords(lost) },
    after: { gained: inWords(gained), ...(kept !== null && { [kept]: true }) },
    reason: 'The groups of the provider',
  };
}

/** The groups that the connection's directory says, by person; nobody in it whom the directory does not know. */
async function directoryGroups(
  tx: Tx,
  { orgId }: Ctx,
  connectionId: string,
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await tx.$queryRaw<{ personId: string; groups: string[] }[]>`
    SELECT u.person_id AS "personId", coalesce(array_agg(g.display_name) FILTER (WHERE g.id IS NOT NULL), '{}') AS groups
    FROM directory_user u
    LEFT JOIN directory_member m ON m.org_id = u.org_id AND m.user_id = u.id
    LEFT JOIN directory_group g ON g.org_id = m.org_id AND g.id = m.group_id
    WHERE u.org_id = ${orgId}::uuid AND u.connection_id = ${connectionId}::uuid AND u.person_id = ANY (${[...personIds]}::uuid[])
    GROUP BY u.person_id`;
  return new Map(rows.map(({ personId, groups }) => [personId, groups]));
}

/** Takes the roles back that these mappings gave; refused where the last one would go who may break the glass. */
export async function dropGrantsOf(tx: Tx, ctx: Ctx, mappingIds: readonly string[]): Promise<void> {
  const where = { orgId: ctx.orgId, source: { in: mappingIds.map((id) => `group:${id}`) } };
  const rows = await tx.roleGrant.findMany({ where, select: { personId: true } });
  const personIds = rows.map(({ personId }) => personId);
  await tx.roleGrant.deleteMany({ where });
  await requireGlassBreaker(tx, ctx.orgId, personIds);
  await endLostAccess(tx, ctx, personIds);
}
