import { recordAudit } from '@/lib/audit/record';
import { grantedBy } from '@/lib/domain/identity/group-grants';
import { countOwners, lockPeople } from '@/lib/members/keep-owner';
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
 * Whom the directory knows has the groups that the directory says, not those that some sign-in once named. The last owner keeps
 * that role, whatever the groups say. Doing it twice is doing it once.
 */
export async function syncGroupGrants(tx: Tx, ctx: Ctx, member: Member): Promise<void> {
  const { orgId, clock } = ctx;
  const { personId, connectionId } = member;
  const groups = (await directoryGroups(tx, ctx, member)) ?? member.claimed;
  if (groups === undefined) return;
  await lockPeople(tx, orgId);
  const mappings = await mappingsOf(tx, orgId, connectionId);
  const wanted = grantedBy(groups, mappings).map(({ id, team, role }) => ({
    team: team ?? '',
    role: role as string,
    source: `group:${id}`,
  }));
  const sources = mappings.map(({ id }) => `group:${id}`);
  const held = await tx.roleGrant.findMany({
    where: { orgId, personId, source: { in: sources } },
    select: { team: true, role: true, source: true },
  });
  const isSame = (a: (typeof wanted)[number]) => (b: (typeof wanted)[number]) =>
    a.source === b.source && a.team === b.team && a.role === b.role;
  const gained = wanted.filter((grant) => !held.some(isSame(grant)));
  const lost = held.filter((grant) => !wanted.some(isSame(grant)));
  if (gained.length + lost.length === 0) return;
  const before = await ownersBut(tx, ctx, personId);
  const kept = before === 0 ? lost.filter(({ role, team }) => role === 'owner' && team === '') : [];
  const taken = lost.filter((grant) => !kept.includes(grant));
  for (const { team, source } of taken)
    await tx.roleGrant.deleteMany({ where: { orgId, personId, team, source } });
  await tx.roleGrant.createMany({
    data: gained.map((grant) => ({ orgId, personId, ...grant, grantedAt: clock.now() })),
    skipDuplicates: true,
  });
  const inWords = (grants: typeof wanted) =>
    grants.map(({ role, team }) => (team === '' ? role : `${role} of ${team}`)).sort();
  await recordAudit(tx, ctx, {
    act: 'person.roles_changed',
    target: `person:${personId}`,
    before: { lost: inWords(taken) },
    after: { gained: inWords(gained), ...(kept.length > 0 && { keptAsLastOwner: true }) },
    reason: 'The groups of the provider',
  });
}

/** The groups that the connection's directory says, where it knows the person; null where it does not. */
async function directoryGroups(
  tx: Tx,
  { orgId }: Ctx,
  { personId, connectionId }: Member,
): Promise<string[] | null> {
  const user = await tx.directoryUser.findFirst({
    where: { orgId, connectionId, personId },
    select: { memberships: { select: { group: { select: { displayName: true } } } } },
  });
  return user?.memberships.map(({ group }) => group.displayName) ?? null;
}

/** Owners who stay owners whatever becomes of this person's groups. */
async function ownersBut(tx: Tx, { orgId }: Ctx, personId: string): Promise<number> {
  const byHand = await tx.roleGrant.count({
    where: { orgId, personId, team: '', role: 'owner', source: 'manual', person: { removedAt: null } },
  });
  const isOwner = await tx.roleGrant.count({
    where: { orgId, personId, team: '', role: 'owner', person: { removedAt: null } },
  });
  return (await countOwners(tx, orgId)) - (isOwner > 0 && byHand === 0 ? 1 : 0);
}
