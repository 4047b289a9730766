import { recordAudit } from '@/lib/audit/record';
import { mayUseLinks } from '@/lib/members/break-glass';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, type UserActor, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { createSecret, readSecret } from '@/lib/platform/secret';
import { actorOf, grantsOf } from './actor';

/** How somebody proved who they are. */
export type Via = 'owner link' | 'invitation' | 'e-mail link' | 'oidc' | 'saml';

/** How long a link may lie unused: an owner's is read off a terminal, another's out of a mailbox. */
const LINK_LIFE_MS: Record<'owner link' | 'e-mail link', number> = {
  'owner link': 24 * 60 * 60_000,
  'e-mail link': 10 * 60_000,
};

const DAY_MS = 24 * 60 * 60_000;

/** A session that was opened: the secret for the cookie, and where its person belongs. */
export type Opened = { secret: string; slug: string; personId: string; lifeMs: number };

type NewLink = { orgId: OrgId; personId: string; via: 'owner link' | 'e-mail link'; clock: Clock };

/** Makes a link that signs one person in, once. @returns its secret */
export function createSignInLink(
  orgId: OrgId,
  personId: string,
  via: NewLink['via'],
  clock: Clock,
): Promise<string> {
  return inOrg(orgId, (tx) => addSignInLink(tx, { orgId, personId, via, clock }));
}

async function addSignInLink(tx: Tx, { orgId, personId, via, clock }: NewLink): Promise<string> {
  const { secret, hash } = createSecret('link', orgId);
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_LIFE_MS[via]);
  await tx.signInLink.create({
    data: { orgId, id: newId(), personId, via, secretHash: hash, createdAt, expiresAt },
  });
  return secret;
}

/**
 * Makes the link of an installation that nobody has signed in to yet. None while one waits to be used: of processes that start side by
 * side, one prints it. @returns its secret, or null
 */
export function createFirstLink(orgId: OrgId, personId: string, clock: Clock): Promise<string | null> {
  return inOrg(orgId, async (tx) => {
    await tx.$queryRaw`SELECT id FROM person WHERE org_id = ${orgId}::uuid AND id = ${personId}::uuid FOR UPDATE`;
    const isClaimed = (await tx.session.count({ where: { orgId } })) > 0;
    const unused = { orgId, via: 'owner link', usedAt: null, expiresAt: { gt: clock.now() } };
    if (isClaimed || (await tx.signInLink.count({ where: unused })) > 0) return null;
    return addSignInLink(tx, { orgId, personId, via: 'owner link', clock });
  });
}

/** Uses a link up and opens a session. The link is taken by a conditional update: of two clicks one wins. */
export async function signIn(linkSecret: string, userAgent: string | null, clock: Clock): Promise<Opened> {
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
      select: { id: true, via: true, personId: true },
    });
    const taken =
      link &&
      (await tx.signInLink.updateMany({
        where: { orgId, id: link.id, usedAt: null },
        data: { usedAt: now },
      }));
    if (!link || taken?.count !== 1)
      throw new AppError('unauthenticated', 'This link was used already, or has expired.');
    return openSession(tx, { orgId, clock, requestId: newId() }, link.personId, {
      via: link.via as Via,
      userAgent,
    });
  });
}

/** How a session came to be. */
export type SignedInBy = { via: Via; connection?: string; userAgent: string | null };

/** Opens a session for somebody who has proven who they are, in the transaction of that proof. */
export async function openSession(
  tx: Tx,
  { orgId, clock, requestId }: Omit<Ctx, 'actor'>,
  personId: string,
  { via, connection, userAgent }: SignedInBy,
): Promise<Opened> {
  const now = clock.now();
  const organisation = await tx.organisation.findUniqueOrThrow({
    where: { orgId },
    select: { slug: true, sessionDays: true },
  });
  const person = await tx.person.findFirst({
    where: { orgId, id: personId, removedAt: null },
    select: { id: true, name: true, grants: { select: { team: true, role: true } } },
  });
  if (!person) throw new AppError('unauthenticated', 'This person may not sign in here any more.');
  if (connection === undefined && !(await mayUseLinks(tx, orgId, personId)))
    throw new AppError(
      'unauthenticated',
      'This organisation enforces single sign-on: sign in with your e-mail address.',
    );
  const { secret, hash } = createSecret('session', orgId);
  const session = { id: newId(), via, connection: connection ?? null, authenticatedAt: now };
  const lifeMs = organisation.sessionDays * DAY_MS;
  await tx.session.create({
    data: {
      orgId,
      ...session,
      personId,
      secretHash: hash,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + lifeMs),
      userAgent: userAgent?.slice(0, 300) ?? null,
    },
  });
  const actor = actorOf({ ...session, person: { ...person, grants: grantsOf(person.grants) } });
  await recordAudit(
    tx,
    { orgId, actor, clock, requestId },
    { act: 'session.started', target: `person:${person.id}`, after: { by: via } },
  );
  return { secret, slug: organisation.slug, personId, lifeMs };
}

/** Ends the actor's own session. */
export async function signOut(ctx: Ctx): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'user') await endSessions(ctx, actor, { id: actor.sessionId });
}

/** Ends sessions of a person: one, or all. @returns how many */
export async function endSessions(
  ctx: Ctx,
  { personId }: Pick<UserActor, 'personId'>,
  which: { id?: string } = {},
): Promise<number> {
  const { orgId, clock } = ctx;
  return inOrg(orgId, async (tx) => {
    const { count } = await tx.session.updateMany({
      where: {
        orgId,
        personId,
        endedAt: null,
        ...(which.id && { id: which.id }),
      },
      data: { endedAt: clock.now() },
    });
    if (count > 0)
      await recordAudit(tx, ctx, {
        act: 'session.ended',
        target: `person:${personId}`,
        after: { sessions: count },
      });
    return count;
  });
}
