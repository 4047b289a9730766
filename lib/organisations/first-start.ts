import { mayUseLinks } from '@/lib/members/break-glass';
import { systemClock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { createSignInLink } from '@/lib/sessions/mutations';
import { createOrganisation, findInstalledOrg, installOrg, type NewOrganisation } from './mutations';

const OWN: NewOrganisation = {
  name: 'My organisation',
  isSample: false,
  owner: { name: 'Owner' },
};

/**
 * Sees to it that there is an organisation, and makes the link that signs its first person in. The organisation is
 * named to the installation last: a start that was interrupted before that begins anew. No link where it would be refused.
 */
export async function prepareInstallation(
  url: string,
  kind: 'start' | 'demo',
  say: (line: string) => void,
): Promise<{ link: string | null }> {
  const orgId = (await findInstalledOrg()) ?? (await install(kind, say));
  const owner = await inOrg(orgId, async (tx) => {
    const found = await tx.person.findFirst({
      where: { orgId, removedAt: null, grants: { some: { team: '', role: 'owner' } } },
      orderBy: [{ breakGlass: 'desc' }, { createdAt: 'asc' }],
      select: { id: true },
    });
    return found && (await mayUseLinks(tx, orgId, found.id)) ? found : null;
  });
  if (!owner) return { link: null };
  const secret = await createSignInLink(orgId, owner.id, 'owner link', systemClock);
  return { link: `${url}/sign-in?link=${secret}` };
}

async function install(kind: 'start' | 'demo', say: (line: string) => void): Promise<OrgId> {
  const { orgId } = kind === 'demo' ? await makeSample(say) : await createOrganisation(OWN, systemClock);
  await installOrg(orgId, systemClock);
  return orgId;
}

/** Loaded only for the demo: a server that holds real evidence need not carry the generator in its memory. */
async function makeSample(say: (line: string) => void): Promise<{ orgId: OrgId }> {
  const { seedSample } = await import('@/lib/sample/seed-sample');
  return seedSample(systemClock, say);
}
