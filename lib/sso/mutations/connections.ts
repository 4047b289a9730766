import { Prisma } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit/record';
import { allow } from '@/lib/members/allow';
import { endLinkSessions, GLASS_BREAKERS } from '@/lib/members/break-glass';
import { lockPeople, requireAnOwner } from '@/lib/members/keep-owner';
import type { Ctx } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, isAppError, refusedFields } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { seal } from '@/lib/platform/seal';
import { requireFresh } from '@/lib/sessions/fresh';
import { findConnection, sealedFor } from '../data/connections';
import { countSignedInThrough } from '../data/signed-in';
import { describeOidc } from '../oidc';
import type { OidcConnection } from '../schema';
import type { Trial } from '../types';
import { allowSetup } from './allow-setup';
import { endTrials } from './attempts';
import { dropGrantsOf } from './group-grants';
import { type Begun, beginSignIn } from './sign-in';
import { keepingAWayIn, waysIn } from './way-in';

/** Adds a connection, as a draft: it must be tried before it can be switched on. The provider must answer as one. */
export async function addConnection(ctx: Ctx, input: OidcConnection): Promise<{ id: string }> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  const secret = secretOf(input, null);
  await requireProvider(ctx, input, secret);
  const id = newId();
  const { name, settings, joining } = input;
  await inOrg(orgId, async (tx) => {
    await tx.connection.create({
      data: {
        orgId,
        id,
        kind: 'oidc',
        name,
        status: 'draft',
        settings,
        secretSealed: secret === null ? null : seal(secret, sealedFor(orgId, id)),
        joining,
        createdAt: clock.now(),
      },
    });
    await recordAudit(tx, ctx, {
      act: 'connection.added',
      target: `connection:${id}`,
      after: { name, settings, joining, hasSecret: secret !== null },
    });
  });
  return { id };
}

/** Changes a connection. What its trial showed no longer holds, so it must be tried anew before it is next switched on. */
export async function changeConnection(
  ctx: Ctx,
  { connection: id, ...input }: OidcConnection & { connection: string },
): Promise<{ isOn: boolean }> {
  const { orgId, clock } = ctx;
  await allowSetup(ctx);
  const before = await inOrg(orgId, (tx) => findConnection(tx, orgId, id));
  if (before?.kind !== 'oidc') throw gone();
  const secret = secretOf(input, before.secret);
  await requireProvider(ctx, input, secret);
  const { name, settings, joining } = input;
  await inOrg(orgId, async (tx) => {
    await tx.connection.update({
      where: { orgId_id: { orgId, id } },
      data: {
        name,
        settings,
        joining,
        trial: Prisma.DbNull,
        triedAt: null,
        ...(secret !== before.secret && {
          secretSealed: secret === null ? null : seal(secret, sealedFor(orgId, id)),
        }),
      },
    });
    await endTrials(tx, orgId, id, clock);
    await recordAudit(tx, ctx, {
      act: 'connection.changed',
      target: `connection:${id}`,
      before: { settings: before.settings, joining: before.joining },
      after: { name, settings, joining, secretChanged: secret !== before.secret },
    });
  });
  return { isOn: before.status === 'on' };
}

/** Without a secret by a choice that was made, never since one was left out. @param kept the one until now */
function secretOf({ clientSecret, isPublicClient }: OidcConnection, kept: string | null): string | null {
  if (isPublicClient && clientSecret !== undefined)
    throw refusedFields({
      clientSecret: ['A public client has none: leave it empty, or take the tick away.'],
    });
  const secret = isPublicClient ? null : (clientSecret ?? kept);
  if (secret === null && !isPublicClient)
    throw refusedFields({ clientSecret: ['Give the client secret, or tick that the client is public.'] });
  return secret;
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
  await keepingAWayIn(ctx, async (tx) => {
    const where = { orgId_id: { orgId, id } };
    const row = await tx.connection.findUnique({ where, select: { status: true, trial: true } });
    if (!row) throw gone();
    if (row.status === to) return;
    // Written by our own verbs alone.
    if (to === 'on') requireGoodTrial(row.trial as unknown as Trial | null);
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

/** People are let in by what was seen to let somebody in. */
function requireGoodTrial(trial: Trial | null): void {
  if (trial === null)
    throw new AppError('conflict', 'Try the connection first, and look at what the provider says.');
  if ('failure' in trial)
    throw new AppError('conflict', `The latest trial failed, so try it again first: ${trial.failure}`);
  if (!trial.admitted)
    throw new AppError(
      'conflict',
      `The latest trial would not have let the person in, so try it again first: ${trial.outcome}`,
    );
}

/** Removes a connection with its mappings; who came through it stays a person, and needs another way in. */
export async function removeConnection(ctx: Ctx, { connection: id }: { connection: string }): Promise<void> {
  const { orgId } = ctx;
  await allowSetup(ctx);
  await keepingAWayIn(ctx, async (tx) => {
    const row = await tx.connection.findUnique({
      where: { orgId_id: { orgId, id } },
      select: { name: true },
    });
    if (!row) throw gone();
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

/**
 * Enforces single sign-on, or no longer: links then sign nobody in but those who may break the glass, and sessions that did not
 * come through a connection end, but theirs. Whoever has the server's own shell may end it, too.
 * @returns whether that changed anything
 */
export async function enforceSso(ctx: Ctx, { to }: { to: boolean }): Promise<boolean> {
  const { orgId } = ctx;
  await allow(ctx, 'enforceSso');
  requireFresh(ctx);
  return inOrg(orgId, async (tx) => {
    await lockPeople(tx, orgId);
    if (to && (await tx.person.count({ where: { orgId, ...GLASS_BREAKERS } })) === 0)
      throw new AppError(
        'conflict',
        'Somebody must be able to break the glass, should the provider fail. Let an owner do so first, on their page under Settings, People.',
      );
    if (to) await requireProvenWayIn(tx, ctx);
    const { count } = await tx.organisation.updateMany({
      where: { orgId, ssoEnforced: !to },
      data: { ssoEnforced: to },
    });
    if (count === 0) return false;
    const sessionsEnded = await endLinkSessions(tx, ctx, 'everybody');
    await recordAudit(tx, ctx, {
      act: to ? 'sso.enforced' : 'sso.no_longer_enforced',
      target: 'organisation',
      after: { sessionsEnded },
    });
    return true;
  });
}

/** What nobody has come in by yet may be shut. */
async function requireProvenWayIn(tx: Tx, ctx: Ctx): Promise<void> {
  const { on, routed } = await waysIn(tx, ctx.orgId);
  if (on === 0) throw new AppError('conflict', 'Switch a connection on first.');
  if (routed === 0)
    throw new AppError('conflict', 'No verified domain signs in through a connection that is on.');
  if ((await countSignedInThrough(tx, ctx)) === 0)
    throw new AppError(
      'conflict',
      'Nobody is signed in through a connection now. Sign in through it first, best two of you.',
    );
}

function gone(): AppError {
  return new AppError('not_found', 'This connection is gone.');
}
