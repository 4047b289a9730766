import type { OrgId, Role } from '@/lib/platform/ctx';
import { vouchForOrg } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { readSecret } from '@/lib/platform/secret';
import type { SignInLinkPreview } from './types';

/** A live session: who, and in which organisation. */
export type LiveSession = {
  orgId: OrgId;
  id: string;
  person: { id: string; name: string; role: Role };
  organisation: { slug: string; name: string; isSample: boolean };
};

/** The session of a cookie's secret; null when it is unknown, expired or ended, or its person was removed. */
export async function findSession(secret: string, now: Date): Promise<LiveSession | null> {
  const read = readSecret('session', secret);
  if (!read) return null;
  const orgId = vouchForOrg(read.orgId);
  return inOrg(orgId, async (tx) => {
    const session = await tx.session.findFirst({
      where: {
        orgId,
        secretHash: read.hash,
        endedAt: null,
        expiresAt: { gt: now },
        person: { removedAt: null },
      },
      select: { id: true, person: { select: { id: true, name: true, role: true } } },
    });
    const organisation =
      session &&
      (await tx.organisation.findUnique({
        where: { orgId },
        select: { slug: true, name: true, isSample: true },
      }));
    if (!session || !organisation) return null;
    return {
      orgId,
      id: session.id,
      person: { ...session.person, role: session.person.role as Role },
      organisation,
    };
  });
}

/** Looks at a sign-in link without using it up: mail scanners and previews open links too. */
export async function previewSignInLink(secret: string, now: Date): Promise<SignInLinkPreview> {
  const read = readSecret('link', secret);
  if (!read) return { state: 'unknown' };
  const orgId = vouchForOrg(read.orgId);
  return inOrg(orgId, async (tx) => {
    const link = await tx.signInLink.findFirst({
      where: { orgId, secretHash: read.hash, person: { removedAt: null } },
      select: { usedAt: true, expiresAt: true, person: { select: { name: true } } },
    });
    const organisation = await tx.organisation.findUnique({ where: { orgId }, select: { name: true } });
    if (!link || !organisation) return { state: 'unknown' };
    if (link.usedAt) return { state: 'used' };
    if (link.expiresAt <= now) return { state: 'expired' };
    return { state: 'ready', personName: link.person.name, organisationName: organisation.name };
  });
}
