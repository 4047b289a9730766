import 'server-only';
import { cache } from 'react';
import { describeGrants } from '@/lib/domain/ability';
import { inOrg } from '@/lib/platform/db';
import { requireSession } from '@/lib/sessions/gate';
import type { Shell } from './types';

/** What every page's frame needs. Asked for once a request, however many parts of the page want it. */
export const loadShell = cache(async (org: string): Promise<Shell> => {
  const { orgId, organisation, person } = await requireSession(org);
  return inOrg(orgId, async (tx) => {
    const teams = await tx.team.findMany({
      where: { orgId },
      orderBy: { name: 'asc' },
      select: { slug: true, name: true },
    });
    const names = new Map(teams.map(({ slug, name }) => [slug, name]));
    return {
      organisation,
      person: {
        name: person.name,
        role: describeGrants(person.grants, (slug) => names.get(slug) ?? slug),
      },
      waitingCount: await tx.recommendation.count({ where: { orgId, status: 'open' } }),
      teams,
      categories: await tx.category.findMany({
        where: { orgId },
        orderBy: { position: 'asc' },
        select: { key: true, name: true },
      }),
    };
  });
});
