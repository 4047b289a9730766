import { isDeepStrictEqual } from 'node:util';
import { recordAudit } from '@/lib/audit/record';
import { plainJson } from '@/lib/domain/audit/entry';
import { shutOut } from '@/lib/members/mutations/access';
import type { Ctx } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { syncDirectoryGrants } from '@/lib/sso/mutations/group-grants';
import { requireDirectory } from '../ability';
import { findUser } from '../data/resources';
import { applied } from '../schema/apply-patch';
import { USER_SCHEMA } from '../schema/attributes';
import type { Change } from '../schema/patch';
import { personOf, userKeys } from '../schema/person';
import { type Document, readResource } from '../schema/read-resource';
import { quoted, refusal } from '../schema/refusals';
import type { StoredUser } from '../types';
import { changingDirectory, type Expected, requireSomebodyStill, requireVersion } from './shared';

/**
 * Provisions a user, and the person behind it: without any role, which only groups give. A person whom this connection has signed
 * in under the user's externalId is that person; an address links nobody.
 */
export async function createUser(ctx: Ctx, document: Document): Promise<StoredUser> {
  const { orgId, clock } = ctx;
  const connectionId = requireDirectory(ctx);
  return changingDirectory(ctx, `connection:${connectionId}`, async (tx) => {
    const { userName, externalId } = userKeys(document);
    await requireUnused(tx, ctx, document, null);
    const id = newId();
    const now = clock.now();
    const active = document.active !== false;
    const personId = (await knownPerson(tx, ctx, externalId)) ?? (await newPerson(tx, ctx, document));
    await tx.directoryUser.create({
      data: {
        orgId,
        connectionId,
        id,
        userName,
        externalId,
        active,
        personId,
        document: stored({ ...document, active }),
        version: 1,
        createdAt: now,
        updatedAt: now,
      },
    });
    await syncDirectoryGrants(tx, ctx, connectionId, [personId]);
    await (active ? letBack(tx, ctx, personId) : closeTo(tx, ctx, personId));
    await recordAudit(tx, ctx, {
      act: 'directory_user.created',
      target: `directory_user:${id}`,
      after: { ...document, active, person: personId },
    });
    return findUser(tx, ctx, id);
  });
}

/** PUT: the document as a whole. Left out, `active` and `externalId` stay: a directory that never sends them means no change. */
export function replaceUser(
  ctx: Ctx,
  id: string,
  document: Document,
  expected: Expected,
): Promise<StoredUser> {
  return changeUser(ctx, id, expected, ({ active, document: { externalId } }) => ({
    active,
    ...(externalId !== undefined && { externalId }),
    ...document,
  }));
}

export function patchUser(
  ctx: Ctx,
  id: string,
  changes: readonly Change[],
  expected: Expected,
): Promise<StoredUser> {
  return changeUser(ctx, id, expected, ({ document }) =>
    readResource('User', { ...applied(document, changes), schemas: [USER_SCHEMA] }),
  );
}

async function changeUser(
  ctx: Ctx,
  id: string,
  expected: Expected,
  change: (user: StoredUser) => Document,
): Promise<StoredUser> {
  const { orgId, clock } = ctx;
  const target = `directory_user:${id}`;
  return changingDirectory(ctx, target, async (tx) => {
    const before = await findUser(tx, ctx, id);
    requireVersion(before, expected);
    const changed = change(before);
    // Taking `active` away is no way to switch anybody on.
    const active = typeof changed.active === 'boolean' ? changed.active : before.active;
    const document = { ...changed, active };
    const personId = await personBehind(tx, ctx, id);
    if (isDeepStrictEqual(plainJson(document), plainJson(before.document))) {
      if (!active) await closeTo(tx, ctx, personId);
      return before;
    }
    await requireUnused(tx, ctx, document, id);
    await tx.directoryUser.update({
      where: { orgId_id: { orgId, id } },
      data: {
        ...userKeys(document),
        active,
        document: stored(document),
        version: { increment: 1 },
        updatedAt: clock.now(),
      },
    });
    await tx.person.update({
      where: { orgId_id: { orgId, id: personId } },
      data: personOf(document),
    });
    if (!active) await closeTo(tx, ctx, personId);
    else if (!before.active) await letBack(tx, ctx, personId);
    await recordAudit(tx, ctx, {
      act: 'directory_user.changed',
      target,
      ...difference(before.document, document),
    });
    return findUser(tx, ctx, id);
  });
}

/** Takes a user out of the directory: the person is shut out at once, and what its groups gave is gone. What they did stays. */
export async function deleteUser(ctx: Ctx, id: string, expected: Expected): Promise<void> {
  const { orgId, clock } = ctx;
  const target = `directory_user:${id}`;
  await changingDirectory(ctx, target, async (tx) => {
    const user = await findUser(tx, ctx, id);
    requireVersion(user, expected);
    const personId = await personBehind(tx, ctx, id);
    await tx.directoryGroup.updateMany({
      where: { orgId, id: { in: user.groups.map((group) => group.id) } },
      data: { version: { increment: 1 }, updatedAt: clock.now() },
    });
    await tx.directoryUser.delete({ where: { orgId_id: { orgId, id } } });
    await closeTo(tx, ctx, personId);
    await syncDirectoryGrants(tx, ctx, requireDirectory(ctx), [personId]);
    await recordAudit(tx, ctx, {
      act: 'directory_user.removed',
      target,
      before: { ...user.document, groups: user.groups.map(({ displayName }) => displayName) },
    });
  });
}

/** Shuts the person out, unless nobody would own the organisation then, or get in without the provider. */
async function closeTo(tx: Tx, ctx: Ctx, personId: string): Promise<void> {
  await shutOut(tx, ctx, personId, ctx.clock.now());
  await requireSomebodyStill(tx, ctx, personId);
}

/** Lets in again whom the directory has switched off. Whom an admin has removed, only an admin lets in. */
async function letBack(tx: Tx, ctx: Ctx, personId: string): Promise<void> {
  const { count } = await tx.person.updateMany({
    where: { orgId: ctx.orgId, id: personId, removedBy: 'directory' },
    data: { removedAt: null, removedBy: null },
  });
  if (count > 0) await recordAudit(tx, ctx, { act: 'person.restored', target: `person:${personId}` });
}

async function personBehind(tx: Tx, { orgId }: Ctx, id: string): Promise<string> {
  const { personId } = await tx.directoryUser.findUniqueOrThrow({
    where: { orgId_id: { orgId, id } },
    select: { personId: true },
  });
  return personId;
}

/** Whom this connection has signed in under the user's own key, unless another user of the directory stands for them. */
async function knownPerson(tx: Tx, ctx: Ctx, externalId: string | null): Promise<string | null> {
  if (externalId === null) return null;
  const { orgId } = ctx;
  const connectionId = requireDirectory(ctx);
  const identity = await tx.identity.findFirst({
    where: { orgId, connection: connectionId, subject: externalId },
    select: { personId: true },
  });
  if (!identity) return null;
  const taken = await tx.directoryUser.count({
    where: { orgId, connectionId, personId: identity.personId },
  });
  return taken === 0 ? identity.personId : null;
}

async function newPerson(tx: Tx, { orgId, clock }: Ctx, document: Document): Promise<string> {
  const id = newId();
  await tx.person.create({
    data: { orgId, id, ...personOf(document), handles: [], createdAt: clock.now() },
  });
  return id;
}

/** In one directory each userName stands for one user, and so does each externalId, by which a sign-in finds the user. */
async function requireUnused(tx: Tx, ctx: Ctx, document: Document, own: string | null): Promise<void> {
  const { userName, externalId } = userKeys(document);
  const others = {
    orgId: ctx.orgId,
    connectionId: requireDirectory(ctx),
    ...(own !== null && { NOT: { id: own } }),
  };
  if ((await tx.directoryUser.count({ where: { ...others, userName } })) > 0)
    throw refusal('uniqueness', `There is a user ${quoted(userName)} already.`);
  if (externalId !== null && (await tx.directoryUser.count({ where: { ...others, externalId } })) > 0)
    throw refusal('uniqueness', `There is a user with the externalId ${quoted(externalId)} already.`);
}

/** JSON as the column takes it: what is undefined is left out. */
function stored(document: Document) {
  return JSON.parse(JSON.stringify(document));
}

/** What of a document has changed, before and after. */
function difference(before: Document, after: Document): { before: object; after: object } {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(plainJson(before[name] ?? null), plainJson(after[name] ?? null)),
  );
  const only = (document: Document) => Object.fromEntries(names.map((name) => [name, document[name]]));
  return { before: only(before), after: only(after) };
}
