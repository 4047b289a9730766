import { Prisma } from '@/generated/prisma/client';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { requireDirectory } from '../ability';
import type { ResourceKind } from '../schema/attributes';
import { matcherOf, readFilter } from '../schema/filter';
import type { ListQuery } from '../schema/query';
import type { Document } from '../schema/read-resource';
import { refusal } from '../schema/refusals';
import { groupResource, userResource } from '../schema/represent';
import type { Page, StoredGroup, StoredUser } from '../types';
import { conditionOf } from './where';

/** So many rows may be looked at one by one for a filter that the database does not understand. */
const MOST_LOOKED_AT = 5_000;

export async function listUsers(ctx: Ctx, query: ListQuery): Promise<Page<StoredUser>> {
  return list(ctx, 'User', query, readUsers, (user) => userResource(user, ''));
}

/** @param withMembers whether somebody wants to see them: a company's groups can be large */
export async function listGroups(
  ctx: Ctx,
  query: ListQuery,
  withMembers: boolean,
): Promise<Page<StoredGroup>> {
  const read = (tx: Tx, ctx: Ctx, ids: readonly string[], toLookAt: boolean) =>
    readGroups(tx, ctx, ids, withMembers || toLookAt);
  const page = await list(ctx, 'Group', query, read, (group) => groupResource(group, ''));
  return withMembers ? page : { ...page, rows: page.rows.map(({ members: _, ...group }) => group) };
}

export async function getUser(ctx: Ctx, id: string): Promise<StoredUser> {
  return inOrg(ctx.orgId, (tx) => findUser(tx, ctx, id));
}

export async function getGroup(ctx: Ctx, id: string, withMembers: boolean): Promise<StoredGroup> {
  return inOrg(ctx.orgId, (tx) => findGroup(tx, ctx, id, withMembers));
}

/** @throws AppError `not_found`, also for one of another connection */
export async function findUser(tx: Tx, ctx: Ctx, id: string): Promise<StoredUser> {
  const [user] = UUID.test(id) ? await readUsers(tx, ctx, [id]) : [];
  if (!user) throw new AppError('not_found', 'There is no such user.');
  return user;
}

/** @throws AppError `not_found`, also for one of another connection */
export async function findGroup(tx: Tx, ctx: Ctx, id: string, withMembers: boolean): Promise<StoredGroup> {
  const [group] = UUID.test(id) ? await readGroups(tx, ctx, [id], withMembers) : [];
  if (!group) throw new AppError('not_found', 'There is no such group.');
  return group;
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function list<Row extends { id: string }>(
  ctx: Ctx,
  kind: ResourceKind,
  { filter: text, startIndex, count }: ListQuery,
  read: (tx: Tx, ctx: Ctx, ids: readonly string[], toLookAt: boolean) => Promise<Row[]>,
  represent: (row: Row) => object,
): Promise<Page<Row>> {
  const { orgId } = ctx;
  const connection = requireDirectory(ctx);
  const filter = text === undefined ? null : readFilter(kind, text);
  const { sql, exact } = filter ? conditionOf(kind, filter) : { sql: Prisma.sql`true`, exact: true };
  const table = Prisma.raw(kind === 'User' ? 'directory_user' : 'directory_group');
  const from = Prisma.sql`FROM ${table} r WHERE r.org_id = ${orgId}::uuid AND r.connection_id = ${connection}::uuid AND ${sql}`;
  return inOrg(orgId, async (tx) => {
    if (exact || !filter) {
      const [counted] = await tx.$queryRaw<[{ total: number }]>`SELECT count(*)::int AS total ${from}`;
      const ids = await tx.$queryRaw<{ id: string }[]>`
        SELECT r.id ${from} ORDER BY r.id LIMIT ${count} OFFSET ${startIndex - 1}`;
      const rows = await read(tx, ctx, idsOf(ids), false);
      return { totalResults: counted.total, startIndex, rows };
    }
    const ids = await tx.$queryRaw<
      { id: string }[]
    >`SELECT r.id ${from} ORDER BY r.id LIMIT ${MOST_LOOKED_AT + 1}`;
    if (ids.length > MOST_LOOKED_AT)
      throw refusal('tooMany', `This filter would have to look at more than ${MOST_LOOKED_AT} resources.`);
    const matches = matcherOf(kind, filter);
    const found = (await read(tx, ctx, idsOf(ids), true)).filter((row) => matches(represent(row)));
    return {
      totalResults: found.length,
      startIndex,
      rows: found.slice(startIndex - 1, startIndex - 1 + count),
    };
  });
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

async function readUsers(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<StoredUser[]> {
  const rows = await tx.directoryUser.findMany({
    where: { orgId: ctx.orgId, connectionId: requireDirectory(ctx), id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    include: { memberships: { select: { group: { select: { id: true, displayName: true } } } } },
  });
  return rows.map(({ id, document, active, version, createdAt, updatedAt, memberships }) => ({
    id,
    // Written by our own verbs alone, from `readResource`.
    document: document as Document,
    active,
    version,
    createdAt,
    updatedAt,
    groups: memberships
      .map(({ group }) => group)
      .sort((a, b) => (a.displayName < b.displayName ? -1 : a.displayName > b.displayName ? 1 : 0)),
  }));
}

async function readGroups(
  tx: Tx,
  ctx: Ctx,
  ids: readonly string[],
  withMembers: boolean,
): Promise<StoredGroup[]> {
  const { orgId } = ctx;
  const groups = await tx.directoryGroup.findMany({
    where: { orgId, connectionId: requireDirectory(ctx), id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    omit: { orgId: true, connectionId: true },
  });
  if (!withMembers) return groups;
  const members = await tx.$queryRaw<{ group: string; id: string; display: string }[]>`
    SELECT m.group_id AS group, u.id, coalesce(u.document->>'displayName', u.document->>'userName', u.user_name) AS display
    FROM directory_member m JOIN directory_user u ON u.org_id = m.org_id AND u.id = m.user_id
    WHERE m.org_id = ${orgId}::uuid AND m.group_id = ANY (${idsOf(groups)}::uuid[]) ORDER BY u.id`;
  const byGroup = Map.groupBy(members, ({ group }) => group);
  return groups.map((group) => ({ ...group, members: byGroup.get(group.id) ?? [] }));
}
