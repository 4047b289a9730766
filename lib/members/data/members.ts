import type { Grant } from '@/lib/domain/ability';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { grantsOf } from '@/lib/sessions/actor';
import { explainRefusal, isAllowed } from '../allow';
import type { InvitationRow, MemberPage, MemberRow, MembersPage, SessionRow } from '../types';

/** Everybody of the organisation, those who may sign in first, and who is invited. */
export async function getMembers(ctx: Ctx): Promise<MembersPage> {
  const { orgId, clock } = ctx;
  const now = clock.now();
  return inOrg(orgId, async (tx) => ({
    people: await listPeople(tx, ctx, now),
    invitations: await listInvitations(tx, ctx, now),
    teams: await listTeams(tx, ctx),
    cannotManage: await explainRefusal(ctx, 'manageMembers', null, tx),
  }));
}

/** One person, with their open sessions where the reader is that person or may manage people. */
export async function getMember(ctx: Ctx, id: string): Promise<MemberPage | null> {
  const { orgId, actor, clock } = ctx;
  return inOrg(orgId, async (tx) => {
    const [person] = await listPeople(tx, ctx, clock.now(), id);
    if (!person) return null;
    const isSelf = actor.kind === 'user' && actor.personId === id;
    const cannotManage = await explainRefusal(ctx, 'manageMembers', null, tx);
    return {
      person,
      isSelf,
      sessions: isSelf || cannotManage === null ? await listSessions(tx, ctx, id) : null,
      connectable: isSelf ? await listConnectable(tx, ctx, id) : [],
      teams: await listTeams(tx, ctx),
      cannotManage,
      mayLetBreakGlass: isAllowed(actor, 'enforceSso') && person.removedAt === null && isOwner(person),
    };
  });
}

async function listConnectable(
  tx: Tx,
  { orgId }: Ctx,
  personId: string,
): Promise<{ id: string; name: string }[]> {
  const known = await tx.identity.findMany({ where: { orgId, personId }, select: { connection: true } });
  const on = await tx.connection.findMany({
    where: { orgId, status: 'on' },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });
  return on.filter(({ id }) => !known.some(({ connection }) => connection === id));
}

async function listSessions(tx: Tx, { orgId, actor, clock }: Ctx, personId: string): Promise<SessionRow[]> {
  const rows = await tx.session.findMany({
    where: { orgId, personId, endedAt: null, expiresAt: { gt: clock.now() } },
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  });
  return rows.map(({ id, via, createdAt, lastSeenAt, userAgent }) => ({
    id,
    via,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    userAgent,
    isThis: actor.kind === 'user' && actor.sessionId === id,
  }));
}

function listTeams(tx: Tx, { orgId }: Ctx): Promise<{ slug: string; name: string }[]> {
  return tx.team.findMany({ where: { orgId }, orderBy: { name: 'asc' }, select: { slug: true, name: true } });
}

async function listPeople(tx: Tx, { orgId }: Ctx, now: Date, id?: string): Promise<MemberRow[]> {
  const people = await tx.person.findMany({
    where: { orgId, ...(id && { id }) },
    orderBy: [{ removedAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }, { id: 'asc' }],
    include: { grants: true, identities: { select: { connection: true } } },
  });
  const seen = await tx.session.groupBy({
    by: ['personId'],
    where: { orgId, ...(id && { personId: id }) },
    _max: { lastSeenAt: true },
  });
  const open = await tx.session.groupBy({
    by: ['personId'],
    where: { orgId, ...(id && { personId: id }), endedAt: null, expiresAt: { gt: now } },
    _count: true,
  });
  const connections = await tx.connection.findMany({ where: { orgId }, select: { id: true, name: true } });
  const connectionName = new Map([
    ['email', 'e-mail link'],
    ...connections.map(({ id, name }) => [id, name] as const),
  ]);
  const lastSeen = new Map(seen.map(({ personId, _max }) => [personId, _max.lastSeenAt]));
  const openCount = new Map(open.map(({ personId, _count }) => [personId, _count]));
  return people.map(({ id, name, email, grants, breakGlass, removedAt, identities }) => ({
    id,
    name,
    email,
    grants: grants.flatMap((row) =>
      grantsOf([row]).map((grant) => ({
        ...grant,
        source: row.source === 'manual' ? ('hand' as const) : ('group' as const),
      })),
    ),
    breakGlass: breakGlass && removedAt === null && isOwner({ grants: grantsOf(grants) }),
    removedAt: removedAt?.toISOString() ?? null,
    lastSeenAt: lastSeen.get(id)?.toISOString() ?? null,
    openSessions: openCount.get(id) ?? 0,
    signsInBy: [
      ...new Set(
        identities.map(({ connection }) => connectionName.get(connection) ?? 'a removed connection'),
      ),
    ],
  }));
}

const isOwner = ({ grants }: { grants: readonly Grant[] }) =>
  grants.some(({ team, role }) => team === null && role === 'owner');

async function listInvitations(tx: Tx, { orgId }: Ctx, now: Date): Promise<InvitationRow[]> {
  const rows = await tx.invitation.findMany({
    where: { orgId, acceptedAt: null, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map(({ id, name, email, grants, invitedBy, expiresAt }) => ({
    id,
    name,
    email,
    // Written by `invitePerson` alone, from checked roles.
    grants: grants as unknown as Grant[],
    invitedBy,
    expiresAt: expiresAt.toISOString(),
    expired: expiresAt <= now,
  }));
}
