import type { Item } from '@/lib/domain/notice/audience';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { incidentOf } from '../data/incident-news';
import { addDeliveries } from './enqueue';

/** What happened longer ago is history that was told late, and no news: an import of years sends nothing. */
const NEWS_MS = 7 * 86_400_000;

/** Tells of lost gears at once. */
export async function alertDemotions(
  tx: Tx,
  orgId: OrgId,
  moves: readonly { id: string; kind: string; at: number; row: { team: string } }[],
  now: Date,
): Promise<void> {
  const items = moves
    .filter(({ kind, at }) => kind === 'demoted' && now.getTime() - at < NEWS_MS)
    .map(({ id, row }): Item => ({ kind: 'demotion', key: id, teams: [row.team] }));
  await addDeliveries(tx, orgId, items, now);
}

/** Tells of open incidents of the worst severity at once; where one concerns another team later, that one too. `refs`: those that may have changed. */
export async function alertIncidents(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  now: Date,
): Promise<void> {
  if (refs.length === 0) return;
  const worst = await tx.incident.findMany({
    where: {
      orgId,
      ref: { in: [...refs] },
      severity: 'SEV1',
      resolvedAt: null,
      openedAt: { gt: new Date(now.getTime() - NEWS_MS) },
    },
    select: { ref: true },
    orderBy: { ref: 'asc' },
  });
  const items: Item[] = [];
  for (const { ref } of worst) {
    const incident = await incidentOf(tx, orgId, ref);
    if (incident) items.push({ kind: 'incident', key: ref, teams: incident.teams });
  }
  await addDeliveries(tx, orgId, items, now);
}
