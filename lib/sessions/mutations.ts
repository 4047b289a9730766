import { recordAudit } from '@/lib/audit/record';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, type Role, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { createSecret, readSecret } from '@/lib/platform/secret';

const LINK_LIFE_MS = 24 * 60 * 60_000;
export const SESSION_LIFE_MS = 30 * 24 * 60 * 60_000;

/** Makes a link that signs one person in, once, within a day. */
export async function createSignInLink(orgId: OrgId, personId: string, clock: Clock): Promise<string> {
  const { secret, hash } = createSecret('link', orgId);
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_LIFE_MS);
  await inOrg(orgId, (tx) =>
    tx.signInLink.create({ data: { orgId, id: newId(), personId, secretHash: hash, createdAt, expiresAt } }),
  );
  return secret;
}

/** Uses a link up and opens a session. The link is taken by a conditional update: of two clicks one wins. */
export async function signIn(
  linkSecret: string,
  userAgent: string | null,
  clock: Clock,
): Promise<{ secret: string; slug: string }> {
  const read = readSecret('link', linkSecret);
  if (!read)
    throw new AppError('unauthenticated', 'This link is not known here. Check that it was copied whole.');
  const orgId = vouchForOrg(read.orgId);
  const now = clock.now();
  return inOrg(orgId, async (tx) => {
    const link = await tx.signInLink.findFirst({
      where: {
        orgId,
        secretHash: read.hash,
        usedAt: null,
        expiresAt: { gt: now },
        person: { removedAt: null },
      },
      select: { id: true, person: { select: { id: true, name: true, role: true } } },
    });
    const taken =
      link &&
      (await tx.signInLink.updateMany({
        where: { orgId, id: link.id, usedAt: null },
        data: { usedAt: now },
      }));
    if (!link || taken?.count !== 1)
      throw new AppError('unauthenticated', 'This link was used already, or has expired.');
    const { person } = link;
    const { secret, hash } = createSecret('session', orgId);
    const id = newId();
    const expiresAt = new Date(now.getTime() + SESSION_LIFE_MS);
    await tx.session.create({
      data: {
        orgId,
        id,
        personId: person.id,
        secretHash: hash,
        createdAt: now,
        expiresAt,
        userAgent: userAgent?.slice(0, 300) ?? null,
      },
    });
    const actor = {
      kind: 'user',
      personId: person.id,
      name: person.name,
      role: person.role as Role,
      sessionId: id,
    } as const;
    await recordAudit(
      tx,
      { orgId, actor, clock, requestId: newId() },
      { act: 'session.started', target: `person:${person.id}`, after: { by: 'one-time link' } },
    );
    const { slug } = await tx.organisation.findUniqueOrThrow({ where: { orgId }, select: { slug: true } });
    return { secret, slug };
  });
}

/** Ends the actor's own session. */
export async function signOut(ctx: Ctx): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return;
  await inOrg(ctx.orgId, async (tx) => {
    await tx.session.updateMany({
      where: { orgId: ctx.orgId, id: actor.sessionId, endedAt: null },
      data: { endedAt: ctx.clock.now() },
    });
    await recordAudit(tx, ctx, { act: 'session.ended', target: `person:${actor.personId}` });
  });
}
