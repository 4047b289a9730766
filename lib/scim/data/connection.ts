import { type GroupGrant, grantedBy } from '@/lib/domain/identity/group-grants';
import { explainRefusal } from '@/lib/members/allow';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { mappingsOf } from '@/lib/sso/data/mappings';
import { DIRECTORY_SCOPE } from '@/lib/tokens/ability';
import { SCIM_PATH } from '../schema/query';
import type { DirectoryView } from '../types';

/** So many people are listed on the page of a connection. */
const MOST_LISTED = 200;

/** Whether the connection is there, on or not: a directory may fill it before anybody signs in through it. */
export async function findDirectory(orgId: OrgId, id: string): Promise<boolean> {
  return inOrg(orgId, async (tx) => (await tx.connection.count({ where: { orgId, id } })) > 0);
}

/** What a connection's page says of its directory: whether it speaks, whom it knows, and where their groups put them. */
export async function getDirectory(ctx: Ctx, connectionId: string): Promise<DirectoryView> {
  const { orgId, clock } = ctx;
  return inOrg(orgId, async (tx) => {
    const where = { orgId, connectionId };
    const active = await tx.directoryUser.count({ where: { ...where, active: true } });
    const all = await tx.directoryUser.count({ where });
    const tokens = await tx.token.findMany({
      where: { orgId, connection: connectionId, scopes: { has: DIRECTORY_SCOPE } },
      orderBy: { createdAt: 'desc' },
      select: { id: true, prefix: true, expiresAt: true, lastUsedAt: true, revokedAt: true },
    });
    const spoken = tokens.flatMap(({ lastUsedAt }) => (lastUsedAt ? [lastUsedAt.toISOString()] : [])).sort();
    const now = clock.now();
    return {
      baseUrl: publicUrl() + SCIM_PATH,
      users: { active, switchedOff: all - active },
      groups: await tx.directoryGroup.count({ where }),
      lastSpokeAt: spoken.at(-1) ?? null,
      tokens: tokens
        .filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now)
        .map(({ id, prefix, expiresAt, lastUsedAt }) => ({
          id,
          prefix,
          expiresAt: expiresAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        })),
      people: await listPeople(tx, ctx, connectionId, await mappingsOf(tx, orgId, connectionId)),
      cannotManage: await explainRefusal(ctx, 'manageSignIn', null, tx),
    };
  });
}

async function listPeople(
  tx: Tx,
  { orgId }: Ctx,
  connectionId: string,
  mappings: readonly GroupGrant[],
): Promise<DirectoryView['people']> {
  const users = await tx.directoryUser.findMany({
    where: { orgId, connectionId },
    orderBy: [{ active: 'desc' }, { userName: 'asc' }],
    take: MOST_LISTED,
    select: {
      userName: true,
      active: true,
      personId: true,
      memberships: { select: { group: { select: { displayName: true } } } },
    },
  });
  const people = await tx.person.findMany({
    where: { orgId, id: { in: users.map(({ personId }) => personId) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const provisioned = users.map(({ userName, active, personId, memberships }) => {
    const groups = memberships.map(({ group }) => group.displayName).sort();
    return { personId, name: names.get(personId) ?? userName, userName, active, groups };
  });
  const claimed = await listClaimed(tx, orgId, connectionId, new Set(names.keys()));
  return [...provisioned, ...claimed].slice(0, MOST_LISTED).map((person) => ({
    ...person,
    roles: grantedBy(person.groups, mappings).map(({ role, team }) => ({ role, team })),
  }));
}

/** People whom no directory knows, with the groups that the provider named when they last signed in. */
async function listClaimed(tx: Tx, orgId: OrgId, connection: string, provisioned: ReadonlySet<string>) {
  const rows = await tx.identity.findMany({
    where: { orgId, connection, personId: { notIn: [...provisioned] } },
    orderBy: { person: { name: 'asc' } },
    take: MOST_LISTED,
    select: {
      subject: true,
      personId: true,
      groups: true,
      person: { select: { name: true, removedAt: true } },
    },
  });
  return rows.map(({ subject, personId, groups, person: { name, removedAt } }) => ({
    personId,
    name,
    userName: subject,
    active: removedAt === null,
    groups: [...groups].sort(),
  }));
}
