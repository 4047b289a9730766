import { type Clock, systemClock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg } from '@/lib/platform/db';
import { createFirstLink, createSignInLink } from '@/lib/sessions/mutations';
import { createOrganisation, findInstalledOrg, installOrg, type NewOrganisation } from './mutations';

const OWN: NewOrganisation = {
  name: 'My organisation',
  isSample: false,
  owner: { name: 'Owner' },
};

/**
 * Sees to it that there is an organisation. The organisation is named to the installation last: a start that was interrupted before that
 * begins anew. @returns the link to print: of its owner, until somebody has signed in; of the demo's lead, at each start
 */
export async function prepareInstallation(
  url: string,
  kind: 'start' | 'demo',
  say: (line: string) => void,
  clock: Clock = systemClock,
): Promise<{ link: string | null }> {
  const orgId = (await findInstalledOrg()) ?? (await install(kind, say, clock));
  const { owner, isSample } = await inOrg(orgId, async (tx) => ({
    owner: await tx.person.findFirst({
      where: { orgId, removedAt: null, grants: { some: { team: '', role: 'owner' } } },
      orderBy: [{ breakGlass: 'desc' }, { createdAt: 'asc' }],
      select: { id: true },
    }),
    isSample: await tx.organisation.count({ where: { orgId, isSample: true } }),
  }));
  if (!owner) return { link: null };
  const secret =
    kind === 'demo' && isSample
      ? await createSignInLink(orgId, owner.id, 'owner link', clock)
      : await createFirstLink(orgId, owner.id, clock);
  return { link: secret && `${url}/sign-in?link=${secret}` };
}

async function install(kind: 'start' | 'demo', say: (line: string) => void, clock: Clock): Promise<OrgId> {
  const { orgId } = kind === 'demo' ? await makeSample(say, clock) : await createOrganisation(OWN, clock);
  await installOrg(orgId, clock);
  return orgId;
}

/** Loaded only for the demo: a server that holds real evidence need not carry the generator in its memory. */
async function makeSample(say: (line: string) => void, clock: Clock): Promise<{ orgId: OrgId }> {
  const { seedSample } = await import('@/lib/sample/seed-sample');
  return seedSample(clock, say);
}
