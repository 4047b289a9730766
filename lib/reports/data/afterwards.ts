import { afterwardsInWords } from '@/lib/domain/report/afterwards';
import type { ReportContent } from '@/lib/domain/report/content';
import { namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { placeOf } from './span';

/** What happened since a week ended, in sentences: of its team, or of the organisation. */
export async function afterwardsOf(tx: Tx, orgId: OrgId, content: ReportContent): Promise<string[]> {
  const names = await namesOf(tx, orgId);
  const since = { gte: new Date(content.to) };
  const ofTeam = content.team ? { team: content.team.slug } : {};
  const moves = await tx.loggedMove.findMany({
    where: { orgId, at: since, withdrawnAt: null, ...ofTeam },
    orderBy: [{ at: 'desc' }, { ordinal: 'desc' }, { id: 'desc' }],
    select: { team: true, category: true, at: true, fromGear: true, toGear: true },
  });
  const waiting = await tx.recommendation.findMany({
    where: { orgId, status: 'open', ...ofTeam },
    select: { id: true },
  });
  const graveIncidents = await tx.incident.count({
    where: { orgId, openedAt: since, severity: { in: ['SEV1', 'SEV2'] }, ...ofTeam },
  });
  return afterwardsInWords(content, {
    moves: moves
      .filter(({ fromGear, toGear }) => fromGear !== toGear)
      .map(({ team, category, at, fromGear, toGear }) => ({
        ...placeOf(names, team, category),
        at: at.toISOString(),
        from: fromGear,
        to: toGear,
      })),
    waiting: new Set(waiting.map(({ id }) => id)),
    graveIncidents,
  });
}
