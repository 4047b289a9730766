import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { type LaneChanges, noteLane } from './lane-changes';
import { eventsOf } from './task-store';
import { insertNew } from './upsert';

const KEY = ['org_id', 'team', 'category', 'at', 'id'] as const;

/** Writes people's decisions about lanes. A lane is replayed from the first that is new, not from those it knows already. */
export async function projectDecisions(
  tx: Tx,
  orgId: OrgId,
  lanes: readonly string[],
  changes: LaneChanges,
): Promise<void> {
  const events = [...(await eventsOf(tx, orgId, 'lane', lanes)).values()].flat();
  const rows = events.flatMap((event) => {
    if (event.type !== 'dev.gait.recommendation.decided.v1') return [];
    const { id, at, data } = event;
    return [
      {
        org_id: orgId,
        team: data.lane.team,
        category: data.lane.category,
        at: new Date(at),
        id,
        action: data.action,
        to_gear: data.to,
        person_id: data.person.id,
        person: data.person.name,
        reason: data.reason,
      },
    ];
  });
  for (const { team, category, at } of await insertNew(tx, 'decision', KEY, rows))
    noteLane(changes, team, category, at.getTime());
}
