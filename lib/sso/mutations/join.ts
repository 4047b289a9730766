import { recordAudit } from '@/lib/audit/record';
import type { Grant } from '@/lib/domain/ability';
import { type ClaimNames, type Claims, readClaims, type Vouched } from '@/lib/domain/identity/claims';
import { type GroupGrant, grantedBy } from '@/lib/domain/identity/group-grants';
import {
  type Admission,
  admit,
  isVerified,
  type Joining,
  type Standing,
} from '@/lib/domain/identity/joining';
import { invitedAs, type Taken, takeInvitations } from '@/lib/members/mutations/invitations';
import { rolesOf } from '@/lib/members/mutations/roles';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { mappingsOf } from '../data/mappings';
import { syncGroupGrants } from './group-grants';

/** What of a connection decides who gets in. */
export type Door = {
  id: string;
  joining: Joining;
  claims: ClaimNames;
  trustsAddresses: boolean;
};

/** Somebody as a provider names them, and what Gait makes of it. */
export type Looked = {
  vouched: Vouched;
  notes: readonly string[];
  standing: Standing;
  admission: Admission;
  /** What the groups would give. */
  grants: readonly GroupGrant[];
  /** What invitations of the address would give, where the provider vouches for it. */
  invited: readonly Grant[];
};

/** Looks at what a provider said, and changes nothing: for the sign-in and for the trial alike. */
export async function lookAt(
  tx: Tx,
  ctx: Ctx,
  door: Door,
  issuer: string,
  claims: Claims,
): Promise<Looked | { problem: string }> {
  const { orgId } = ctx;
  const read = readClaims(claims, door.claims);
  if (!read.ok) return { problem: read.problem };
  const { person: vouched, notes } = read;
  const identity = await tx.identity.findUnique({
    where: {
      orgId_connection_issuer_subject: { orgId, connection: door.id, issuer, subject: vouched.subject },
    },
    select: { person: { select: { id: true, removedAt: true, removedBy: true } } },
  });
  const domains = await tx.emailDomain.findMany({
    where: { orgId, verifiedAt: { not: null } },
    select: { domain: true },
  });
  const invited = vouched.email === null ? null : await invitedAs(tx, ctx, vouched.email);
  const base = {
    vouched,
    known: identity && { personId: identity.person.id, isRemoved: identity.person.removedAt !== null },
    verifiedDomains: new Set(domains.map(({ domain }) => domain)),
    isInvited: invited !== null,
    joining: door.joining,
    trustsAddresses: door.trustsAddresses,
  };
  const provisioned = await findProvisioned(tx, orgId, door, base);
  // Whom the directory took out and then provisioned anew is the new person.
  const isAnew = identity?.person.removedBy === 'directory' && provisioned?.isRemoved === false;
  const standing = { ...base, provisioned, ...(isAnew && { known: null }) };
  const mappings = await mappingsOf(tx, orgId, door.id);
  return {
    vouched,
    notes,
    standing,
    admission: admit(standing),
    grants: grantedBy(vouched.groups, mappings),
    invited: isVerified(standing) ? (invited ?? []) : [],
  };
}

/** Whom this connection's directory provisioned: for this subject, or under this address where it is verified. */
async function findProvisioned(
  tx: Tx,
  orgId: OrgId,
  { id: connectionId }: Door,
  { vouched, trustsAddresses }: Pick<Standing, 'vouched' | 'trustsAddresses'>,
): Promise<Standing['provisioned']> {
  const { subject, email } = vouched;
  const byAddress = email !== null && isVerified({ vouched, trustsAddresses }) ? [{ userName: email }] : [];
  const users = await tx.directoryUser.findMany({
    where: { orgId, connectionId, OR: [{ externalId: subject }, ...byAddress] },
    select: { externalId: true, active: true, personId: true },
  });
  const user = users.find(({ externalId }) => externalId === subject) ?? users[0];
  if (!user) return null;
  const { personId, active } = user;
  const isPresent = (await tx.person.count({ where: { orgId, id: personId, removedAt: null } })) > 0;
  return { personId, isRemoved: !active || !isPresent };
}

export type LetIn = Pick<Looked, 'vouched' | 'standing'> & {
  admission: Exclude<Admission, { kind: 'refused' }>;
  /** How the person came to be linked, where that needs saying. */
  from?: string;
};

/**
 * Lets somebody in who was admitted: makes or links the person, and gives what their groups and invitations give.
 * @returns the person's id; null when the invitation that lets them join was taken back just now
 */
export async function letIn(
  tx: Tx,
  ctx: Ctx,
  door: Door,
  issuer: string,
  { vouched, standing, admission, from }: LetIn,
): Promise<string | null> {
  const { orgId, clock } = ctx;
  const now = clock.now();
  const isNew = !('personId' in admission);
  const personId = isNew ? newId() : admission.personId;
  const email = isVerified(standing) ? vouched.email : null;
  if (isNew)
    await tx.person.create({
      data: { orgId, id: personId, name: vouched.name, email, handles: [], createdAt: now },
    });
  else if (email !== null)
    await tx.person.update({ where: { orgId_id: { orgId, id: personId } }, data: { email } });
  const key = { orgId, connection: door.id, issuer, subject: vouched.subject };
  await tx.identity.upsert({
    where: { orgId_connection_issuer_subject: key },
    create: { ...key, personId, createdAt: now, lastSeenAt: now, groups: [...vouched.groups] },
    update: { personId, lastSeenAt: now, groups: [...vouched.groups] },
  });
  const before = await rolesOf(tx, ctx, personId);
  const taken = email === null ? null : await takeInvitations(tx, ctx, { personId, email });
  if (admission.kind === 'invited' && taken === null) return null;
  if (admission.kind !== 'known')
    await recordAudit(tx, ctx, {
      act: isNew ? 'person.joined' : 'person.linked',
      target: `person:${personId}`,
      after: {
        name: vouched.name,
        email,
        connection: door.id,
        issuer,
        subject: vouched.subject,
        from,
        ...(isNew && taken),
      },
    });
  if (taken && !isNew) await recordAccepted(tx, ctx, { personId, before, taken });
  await syncGroupGrants(tx, ctx, { personId, connectionId: door.id, claimed: vouched.groups });
  return personId;
}

/** Somebody here already took invitations: what they hold by hand since then. */
async function recordAccepted(
  tx: Tx,
  ctx: Ctx,
  { personId, before, taken }: { personId: string; before: string[]; taken: Taken },
): Promise<void> {
  await recordAudit(tx, ctx, {
    act: 'invitation.accepted',
    target: `person:${personId}`,
    before: { roles: before },
    after: { roles: await rolesOf(tx, ctx, personId), invitedBy: taken.invitedBy },
  });
}
