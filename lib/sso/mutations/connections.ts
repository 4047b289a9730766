import { Prisma } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { lockPeople, requireAnOwner } from '@/lib/members/keep-owner';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, isAppError, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { requireFresh } from '@/lib/sessions/fresh';
import { findConnection, sealedFor } from '../data/connections';
import { describeOidc } from '../oidc';
import type { OidcConnection } from '../schema';
import { allowSetup } from './allow-setup';
import { dropGrantsOf } from './group-grants';
import { type Begun, beginSignIn } from './sign-in';

/** Adds a connection, as a draft: it must be tried before it can be switched on. The provider must answer as one. */
export async function addConnection(ctx: Ctx, input: OidcConnection): Promise<{ id: string }> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  await requireProvider(ctx, input, input.clientSecret ?? null);
  const id = newId();
  const { name, settings, clientSecret, joining } = input;
  await inOrg(orgId, async (tx) => {
    await tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'oidc',
        name,
        status: 'draft',
        settings,
        secretSealed: clientSecret === undefined ? null : seal(clientSecret, sealedFor(orgId, id)),
        joining,
        createdAt: clock.now(),
      },
    });
    await recordAudit(tx, ctx, {
      act: 'connection.added',
      target: `connection:${id}`,
      after: { name, settings, joining, hasSecret: clientSecret !== undefined },
    });
  });
  return { id };
}

/** Changes a connection. What its trial showed no longer holds, so it must be tried anew before it is next switched on. */
export async function changeConnection(
  ctx: Ctx,
  { connection: id, ...input }: OidcConnection & { connection: string },
): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  const before = await inOrg(orgId, (tx) => findConnection(tx, orgId, id));
  if (before?.kind !== 'oidc') throw gone();
  await requireProvider(ctx, input, input.clientSecret ?? before.secret);
  const { name, settings, clientSecret, joining } = input;
  await inOrg(orgId, async (tx) => {
    await tx.connection.update({
      where: { orgId_id: { orgId, id } },
      data: {
        name,
        settings,
        joining,
        trial: Prisma.DbNull,
        triedAt: null,
        ...(clientSecret !== undefined && { secretSealed: seal(clientSecret, sealedFor(orgId, id)) }),
      },
    });
    await recordAudit(tx, ctx, {
      act: 'connection.changed',
      target: `connection:${id}`,
      before: { settings: before.settings, joining: before.joining },
      after: { name, settings, joining, secretChanged: clientSecret !== undefined },
    });
  });
}

async function requireProvider(ctx: Ctx, { settings }: OidcConnection, secret: string | null): Promise<void> {
  try {
    await describeOidc(settings, secret, ctx.clock.now().getTime());
  } catch (error) {
    throw refusedFields({ issuer: [isAppError(error) ? error.message : 'The provider cannot be read.'] });
  }
}

/** Begins a trial: the person signs in at the provider, and sees what it says and what Gait would make of it. */
export async function tryConnection(ctx: Ctx, { connection: id }: { connection: string }): Promise<Begun> {
  const { orgId, actor, clock } = ctx;
  await allowSetup(ctx);
  const connection = await inOrg(orgId, (tx) => findConnection(tx, orgId, id));
  if (!connection) throw gone();
  const personId = actor.kind === 'user' ? actor.personId : null;
  return beginSignIn(connection, { purpose: 'trial', personId }, clock);
}

/** Lets people sign in through a connection that was tried; or no longer, which ends the sessions that came through it. */
export async function switchConnection(
  ctx: Ctx,
  { connection: id, to }: { connection: string; to: 'on' | 'off' },
): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await inOrg(orgId, async (tx) => {
    const where = { orgId_id: { orgId, id } };
    const row = await tx.connection.findUnique({ where, select: { status: true, triedAt: true } });
    if (!row) throw gone();
    if (row.status === to) return;
    if (to === 'on' && row.triedAt === null)
      throw new AppError('conflict', 'Try the connection first, and look at what the provider says.');
    if (to === 'off') await requireAWayIn(tx, ctx, id);
    await tx.connection.update({ where, data: { status: to } });
    const sessionsEnded = to === 'off' ? await endSessionsThrough(tx, ctx, id) : 0;
    await recordAudit(tx, ctx, {
      act: to === 'on' ? 'connection.switched_on' : 'connection.switched_off',
      target: `connection:${id}`,
      before: { status: row.status },
      after: { sessionsEnded },
    });
  });
}

/** Removes a connection with its mappings; who came through it stays a person, and needs another way in. */
export async function removeConnection(ctx: Ctx, { connection: id }: { connection: string }): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    const row = await tx.connection.findUnique({
      where: { orgId_id: { orgId, id } },
      select: { name: true },
    });
    if (!row) throw gone();
    await requireAWayIn(tx, ctx, id);
    const mappings = await tx.groupMapping.findMany({
      where: { orgId, connectionId: id },
      select: { id: true },
    });
    await dropGrantsOf(
      tx,
      ctx,
      mappings.map((mapping) => mapping.id),
    );
    await tx.emailDomain.updateMany({ where: { orgId, connectionId: id }, data: { connectionId: null } });
    await tx.connection.delete({ where: { orgId_id: { orgId, id } } });
    await forgetDirectory(tx, ctx, id);
    await requireAnOwner(tx, orgId);
    const sessionsEnded = await endSessionsThrough(tx, ctx, id);
    await recordAudit(tx, ctx, {
      act: 'connection.removed',
      target: `connection:${id}`,
      before: { name: row.name },
      after: { sessionsEnded },
    });
  });
}

/** What the directory has said goes with its connection, and so do its tokens. */
async function forgetDirectory(tx: Tx, { orgId, clock }: Ctx, connectionId: string): Promise<void> {
  await tx.directoryGroup.deleteMany({ where: { orgId, connectionId } });
  await tx.directoryUser.deleteMany({ where: { orgId, connectionId } });
  await tx.token.updateMany({
    where: { orgId, connection: connectionId, revokedAt: null },
    data: { revokedAt: clock.now() },
  });
}

async function endSessionsThrough(tx: Tx, { orgId, clock }: Ctx, connection: string): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { orgId, connection, endedAt: null },
    data: { endedAt: clock.now() },
  });
  return count;
}

/** While single sign-on is enforced, one connection at least must stay on. */
async function requireAWayIn(tx: Tx, { orgId }: Ctx, leaving: string): Promise<void> {
  const { ssoEnforced } = await tx.organisation.findUniqueOrThrow({
    where: { orgId },
    select: { ssoEnforced: true },
  });
  const others = await tx.connection.count({ where: { orgId, status: 'on', NOT: { id: leaving } } });
  if (ssoEnforced && others === 0)
    throw new AppError('conflict', 'Single sign-on is enforced, and this is the only connection that is on.');
}

/**
 * Enforces single sign-on, or no longer: links then sign nobody in but those who may break the glass, and sessions that did not
 * come through a connection end, but theirs.
 */
export async function enforceSso(ctx: Ctx, { to }: { to: boolean }): Promise<void> {
  const { orgId, clock } = ctx;
  await allow(ctx, 'enforceSso');
  requireFresh(ctx);
  await inOrg(orgId, async (tx) => {
    if (to && (await tx.connection.count({ where: { orgId, status: 'on' } })) === 0)
      throw new AppError('conflict', 'Switch a connection on first.');
    if (to && (await tx.person.count({ where: { orgId, breakGlass: true, removedAt: null } })) === 0)
      throw new AppError('conflict', 'Somebody must be able to break the glass, should the provider fail.');
    const { count } = await tx.organisation.updateMany({
      where: { orgId, ssoEnforced: !to },
      data: { ssoEnforced: to },
    });
    if (count === 0) return;
    const ended = to
      ? await tx.session.updateMany({
          where: { orgId, connection: null, endedAt: null, person: { breakGlass: false } },
          data: { endedAt: clock.now() },
        })
      : { count: 0 };
    await recordAudit(tx, ctx, {
      act: to ? 'sso.enforced' : 'sso.no_longer_enforced',
      target: 'organisation',
      after: { sessionsEnded: ended.count },
    });
  });
}

function gone(): AppError {
  return new AppError('not_found', 'This connection is gone.');
}
