import { recordAudit } from '@/lib/audit/record';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { syncDirectoryGrants } from '@/lib/sso/mutations/group-grants';
import { requireDirectory } from '../ability';
import { findGroup, UUID } from '../data/resources';
import { type GroupChange, isNoChange } from '../schema/group-change';
import { MOST_MEMBERS } from '../schema/read-resource';
import { quoted, refusal } from '../schema/refusals';
import type { StoredGroup } from '../types';
import { changingDirectory, type Expected, requireVersion } from './shared';

/** Makes a group with its members, who have its roles from then on. */
export async function createGroup(ctx: Ctx, change: GroupChange): Promise<StoredGroup> {
  const { orgId, clock } = ctx;
  return changingDirectory(ctx, `connection:${requireDirectory(ctx)}`, async (tx) => {
    const { displayName = '', externalId = null } = change;
    await requireUnused(tx, ctx, displayName, null);
    const id = newId();
    const now = clock.now();
    await tx.directoryGroup.create({
      data: {
        orgId,
        connectionId: requireDirectory(ctx),
        id,
        displayName,
        externalId,
        version: 1,
        createdAt: now,
        updatedAt: now,
      },
    });
    const { added } = await changeMembers(tx, ctx, id, change);
    await touchUsers(tx, ctx, added);
    await syncGrantsOf(tx, ctx, added);
    await recordAudit(tx, ctx, {
      act: 'directory_group.created',
      target: `directory_group:${id}`,
      after: { displayName, externalId, ...told('members', added) },
    });
    return findGroup(tx, ctx, id, true);
  });
}

/** Changes a group's name and members. Everybody who came, went, or is in a group of another name now, has the roles at once. */
export async function changeGroup(
  ctx: Ctx,
  id: string,
  change: GroupChange,
  expected: Expected,
): Promise<void> {
  const { orgId, clock } = ctx;
  await changingDirectory(ctx, `directory_group:${id}`, async (tx) => {
    const before = await findGroup(tx, ctx, id, false);
    requireVersion(before, expected);
    if (isNoChange(change)) return;
    const { displayName = before.displayName, externalId = before.externalId } = change;
    const isRenamed = displayName !== before.displayName;
    if (isRenamed) await requireUnused(tx, ctx, displayName, id);
    const { added, removed } = await changeMembers(tx, ctx, id, change);
    if (!isRenamed && externalId === before.externalId && added.length + removed.length === 0) return;
    await tx.directoryGroup.update({
      where: { orgId_id: { orgId, id } },
      data: { displayName, externalId, version: { increment: 1 }, updatedAt: clock.now() },
    });
    const touched = isRenamed ? [...(await membersOf(tx, ctx, id)), ...removed] : [...added, ...removed];
    await touchUsers(tx, ctx, touched);
    await syncGrantsOf(tx, ctx, touched);
    await recordAudit(tx, ctx, {
      act: 'directory_group.changed',
      target: `directory_group:${id}`,
      before: { displayName: before.displayName, externalId: before.externalId, ...told('removed', removed) },
      after: { displayName, externalId, ...told('added', added) },
    });
  });
}

/** Removes a group; its members lose what it gave. */
export async function deleteGroup(ctx: Ctx, id: string, expected: Expected): Promise<void> {
  const { orgId } = ctx;
  await changingDirectory(ctx, `directory_group:${id}`, async (tx) => {
    const before = await findGroup(tx, ctx, id, false);
    requireVersion(before, expected);
    const members = await membersOf(tx, ctx, id);
    await tx.directoryGroup.delete({ where: { orgId_id: { orgId, id } } });
    await touchUsers(tx, ctx, members);
    await syncGrantsOf(tx, ctx, members);
    await recordAudit(tx, ctx, {
      act: 'directory_group.removed',
      target: `directory_group:${id}`,
      before: { displayName: before.displayName, ...told('members', members) },
    });
  });
}

/** Ids of users in an entry: all of a few, of many the number and the first. Whose roles change has an entry of their own. */
function told(name: string, users: readonly string[]): object {
  return users.length === 0 ? {} : { [name]: users.slice(0, 100), [`${name}Count`]: users.length };
}

async function requireUnused(tx: Tx, ctx: Ctx, displayName: string, own: string | null): Promise<void> {
  const where = {
    orgId: ctx.orgId,
    connectionId: requireDirectory(ctx),
    displayName,
    ...(own !== null && { NOT: { id: own } }),
  };
  if ((await tx.directoryGroup.count({ where })) > 0)
    throw refusal('uniqueness', `There is a group ${quoted(displayName)} already.`);
}

async function membersOf(tx: Tx, { orgId }: Ctx, groupId: string): Promise<string[]> {
  const rows = await tx.directoryMember.findMany({ where: { orgId, groupId }, select: { userId: true } });
  return rows.map(({ userId }) => userId);
}

/** @returns the users who came and went. Whoever is to go and is not there is nothing to refuse. */
async function changeMembers(
  tx: Tx,
  ctx: Ctx,
  groupId: string,
  { cleared, add, remove }: GroupChange,
): Promise<{ added: string[]; removed: string[] }> {
  const { orgId } = ctx;
  await requireUsers(tx, ctx, add);
  const held = new Set(await membersOf(tx, ctx, groupId));
  const isLeaving = (id: string) => (cleared ? !add.has(id) : remove.has(id));
  const removed = [...held].filter(isLeaving);
  const added = [...add].filter((id) => !held.has(id));
  if (held.size + added.length - removed.length > MOST_MEMBERS)
    throw refusal('invalidValue', `A group holds at most ${MOST_MEMBERS} members.`);
  if (removed.length > 0)
    await tx.$executeRaw`
      DELETE FROM directory_member WHERE org_id = ${orgId}::uuid AND group_id = ${groupId}::uuid AND user_id = ANY (${removed}::uuid[])`;
  if (added.length > 0)
    await tx.$executeRaw`
      INSERT INTO directory_member (org_id, group_id, user_id)
      SELECT ${orgId}::uuid, ${groupId}::uuid, u FROM unnest(${added}::uuid[]) AS u ON CONFLICT DO NOTHING`;
  return { added, removed };
}

/** Members are users of this very directory. */
async function requireUsers(tx: Tx, ctx: Ctx, ids: ReadonlySet<string>): Promise<void> {
  if (ids.size === 0) return;
  const wanted = [...ids];
  const strange = wanted.find((id) => !UUID.test(id));
  if (strange !== undefined) throw noUser(strange);
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM directory_user
    WHERE org_id = ${ctx.orgId}::uuid AND connection_id = ${requireDirectory(ctx)}::uuid AND id = ANY (${wanted}::uuid[])`;
  const known = new Set(found.map(({ id }) => id));
  const missing = wanted.find((id) => !known.has(id));
  if (missing !== undefined) throw noUser(missing);
}

const noUser = (id: string) =>
  refusal('invalidValue', `${quoted(id)} is no user here: provision users before the groups they are in.`);

/** The groups stand in a user's resource, so it has a new version. */
async function touchUsers(tx: Tx, { orgId, clock }: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await tx.$executeRaw`
      UPDATE directory_user SET version = version + 1, updated_at = ${clock.now()}
      WHERE org_id = ${orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`;
}

async function syncGrantsOf(tx: Tx, ctx: Ctx, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const rows = await tx.$queryRaw<{ personId: string }[]>`
    SELECT DISTINCT person_id AS "personId" FROM directory_user
    WHERE org_id = ${ctx.orgId}::uuid AND id = ANY (${[...userIds]}::uuid[])`;
  await syncDirectoryGrants(
    tx,
    ctx,
    requireDirectory(ctx),
    rows.map(({ personId }) => personId),
  );
}
