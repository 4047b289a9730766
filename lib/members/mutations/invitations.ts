import { recordAudit } from '@/lib/audit/record';
import { describeGrants, type Grant } from '@/lib/domain/ability';
import type { Clock } from '@/lib/platform/clock';
import { type Ctx, type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { AppError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { canSendMail, type Mail, sendMailLater } from '@/lib/platform/mail';
import { createSecret, readSecret } from '@/lib/platform/secret';
import { type Opened, openSession } from '@/lib/sessions/mutations';
import { allow } from '../allow';
import type { Invite } from '../schema';
import { allowOwners, requireTeam } from './roles';

const INVITATION_LIFE_MS = 7 * 24 * 60 * 60_000;

/** Asks somebody to join. The secret is for a link that they alone should get; it works once, for a week. */
export async function invitePerson(
  ctx: Ctx,
  { name, email, role }: Invite,
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  const { orgId, actor, clock } = ctx;
  await allow(ctx, 'manageMembers');
  const { secret, hash } = createSecret('invitation', orgId);
  const id = newId();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + INVITATION_LIFE_MS);
  const invitedBy = actor.kind === 'user' ? actor.name : 'Gait';
  await inOrg(orgId, async (tx) => {
    if (role.role === 'owner') await allowOwners(ctx, tx);
    await requireTeam(tx, ctx, role.team);
    await tx.invitation.create({
      data: { orgId, id, name, email, grants: [role], secretHash: hash, invitedBy, createdAt, expiresAt },
    });
    await recordAudit(tx, ctx, {
      act: 'person.invited',
      target: `invitation:${id}`,
      after: { name, email, role: describeGrants([role]), expiresAt: expiresAt.toISOString() },
    });
  });
  if (email !== null && canSendMail()) sendMailLater(invitation({ name, email, invitedBy, secret }));
  return { id, secret, expiresAt };
}

type Invited = { name: string; email: string; invitedBy: string; secret: string };

function invitation({ name, email, invitedBy, secret }: Invited): Mail {
  const link = `${publicUrl()}/join?invitation=${secret}`;
  return {
    to: email,
    subject: `${invitedBy} invites you to Gait`,
    text: `Hello ${name},\n\n${invitedBy} invites you to Gait. This link lets you join, once, within a week:\n\n${link}\n`,
  };
}

/** Takes an invitation back. Once it was accepted there is a person, and nothing to take back. */
export async function revokeInvitation(ctx: Ctx, { invitation: id }: { invitation: string }): Promise<void> {
  const { orgId, clock } = ctx;
  await allow(ctx, 'manageMembers');
  await inOrg(orgId, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { orgId, id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: clock.now() },
    });
    if (count === 0) throw new AppError('conflict', 'This invitation was accepted or taken back already.');
    await recordAudit(tx, ctx, { act: 'invitation.revoked', target: `invitation:${id}` });
  });
}

/** Open invitations of exactly this address. */
const openFor = (email: string, now: Date) => ({
  email,
  acceptedAt: null,
  revokedAt: null,
  expiresAt: { gt: now },
});

/** The roles that open invitations of an address would give. */
export async function invitedAs(tx: Tx, { orgId, clock }: Ctx, email: string): Promise<Grant[] | null> {
  const rows = await tx.invitation.findMany({
    where: { orgId, ...openFor(email, clock.now()) },
    select: { grants: true },
  });
  return rows.length === 0 ? null : rows.flatMap(grantsIn);
}

/** What invitations gave: the roles in words, and who invited. */
export type Taken = { roles: string; invitedBy: string };

/**
 * Uses up the open invitations of an address that a provider vouches for, and gives their roles to whoever came with it: the latest
 * first, and none where they hold a role by hand. In the caller's transaction, which says in the record what came of it.
 * @returns null when there was none
 */
export async function takeInvitations(
  tx: Tx,
  { orgId, clock }: Ctx,
  { personId, email }: { personId: string; email: string },
): Promise<Taken | null> {
  const at = clock.now();
  const taken = await tx.invitation.updateManyAndReturn({
    where: { orgId, ...openFor(email, at) },
    data: { acceptedAt: at },
    select: { grants: true, invitedBy: true, createdAt: true },
  });
  const [latest, ...earlier] = taken.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  if (!latest) return null;
  const grants = [latest, ...earlier].flatMap(grantsIn);
  await giveInvitedRoles(tx, orgId, { personId, grants, at });
  return { roles: describeGrants(grants), invitedBy: latest.invitedBy };
}

/** Written by `invitePerson` alone, from a checked role. */
function grantsIn({ grants }: { grants: unknown }): Grant[] {
  return grants as Grant[];
}

async function giveInvitedRoles(
  tx: Tx,
  orgId: OrgId,
  { personId, grants, at }: { personId: string; grants: readonly Grant[]; at: Date },
): Promise<void> {
  await tx.roleGrant.createMany({
    data: grants.map(({ role, team }) => ({
      orgId,
      personId,
      team: team ?? '',
      role,
      source: 'manual',
      grantedAt: at,
    })),
    skipDuplicates: true,
  });
}

/**
 * Joins: makes the person whom the invitation names, with its roles, and signs them in. The invitation is taken by a
 * conditional update: of two clicks one joins. Where it was sent to an address, links to that address sign them in from now on.
 */
export async function acceptInvitation(
  invitationSecret: string,
  userAgent: string | null,
  clock: Clock,
): Promise<Opened> {
  const read = readSecret('invitation', invitationSecret);
  if (!read)
    throw new AppError('unauthenticated', 'This invitation is not known here. Check that the link is whole.');
  const orgId = vouchForOrg(read.orgId);
  const now = clock.now();
  return inOrg(orgId, async (tx) => {
    const where = { orgId, secretHash: read.hash, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
    const invitation = await tx.invitation.findFirst({ where });
    const taken = invitation && (await tx.invitation.updateMany({ where, data: { acceptedAt: now } }));
    if (!invitation || taken?.count !== 1)
      throw new AppError('unauthenticated', 'This invitation was used already, taken back, or has expired.');
    const { name, email } = invitation;
    const grants = grantsIn(invitation);
    const personId = newId();
    await tx.person.create({ data: { orgId, id: personId, name, email, handles: [], createdAt: now } });
    await giveInvitedRoles(tx, orgId, { personId, grants, at: now });
    if (email !== null)
      await tx.identity.createMany({
        data: [{ orgId, connection: 'email', issuer: 'gait', subject: email, personId, createdAt: now }],
        skipDuplicates: true,
      });
    const ctx: Ctx = { orgId, actor: { kind: 'job', name: 'invitation' }, clock, requestId: newId() };
    await recordAudit(tx, ctx, {
      act: 'person.joined',
      target: `person:${personId}`,
      after: { name, email, roles: describeGrants(grants), invitedBy: invitation.invitedBy },
    });
    return openSession(tx, ctx, personId, { via: 'invitation', userAgent });
  });
}
