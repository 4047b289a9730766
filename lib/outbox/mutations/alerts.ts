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

/** Tells at once that the audit log does not match its proof. */
export async function alertAuditAlarm(tx: Tx, orgId: OrgId, id: string, now: Date): Promise<void> {
  await addDeliveries(tx, orgId, [{ kind: 'audit', key: id, teams: [''] }], now);
}

/** Open incidents of the worst severity, by ref, with the teams that each concerns. */
export type GraveIncidents = ReadonlyMap<string, readonly string[]>;

/** Those among these that are grave as things stand. */
export async function graveIncidents(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  now: Date,
): Promise<GraveIncidents> {
  const grave = new Map<string, readonly string[]>();
  if (refs.length === 0) return grave;
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
  for (const { ref } of worst) grave.set(ref, (await incidentOf(tx, orgId, ref))?.teams ?? []);
  return grave;
}

/**
 * Tells at once of incidents that have become grave, or concern another team. What was so before is no news: whoever was not to be told
 * then, or came since, is not told of it because its title changes.
 * @param before how things stood until now
 */
export async function alertIncidents(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  before: GraveIncidents,
  now: Date,
): Promise<void> {
  const items: Item[] = [];
  for (const [key, concerned] of await graveIncidents(tx, orgId, refs, now)) {
    const teams = concerned.filter((team) => !before.get(key)?.includes(team));
    if (teams.length > 0) items.push({ kind: 'incident', key, teams });
  }
  await addDeliveries(tx, orgId, items, now);
}
