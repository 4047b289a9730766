import { describeGrants, type Grant } from '@/lib/domain/ability';
import { vouchForOrg } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { readSecret } from '@/lib/platform/secret';
import type { InvitationPreview } from '../types';

/** Looks at an invitation without accepting it: mail scanners and previews open links too. */
export async function previewInvitation(secret: string, now: Date): Promise<InvitationPreview> {
  const read = readSecret('invitation', secret);
  if (!read) return { state: 'unknown' };
  const orgId = vouchForOrg(read.orgId);
  return inOrg(orgId, async (tx) => {
    const invitation = await tx.invitation.findFirst({
      where: { orgId, secretHash: read.hash, revokedAt: null },
    });
    const organisation = await tx.organisation.findUnique({ where: { orgId }, select: { name: true } });
    if (!invitation || !organisation) return { state: 'unknown' };
    if (invitation.acceptedAt) return { state: 'used' };
    if (invitation.expiresAt <= now) return { state: 'expired' };
    const teams = await tx.team.findMany({ where: { orgId }, select: { slug: true, name: true } });
    const names = new Map(teams.map(({ slug, name }) => [slug, name]));
    return {
      state: 'ready',
      name: invitation.name,
      organisationName: organisation.name,
      roles: describeGrants(invitation.grants as unknown as Grant[], (slug) => names.get(slug) ?? slug),
    };
  });
}
