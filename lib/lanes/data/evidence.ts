import type { LaneState } from '@/lib/domain/lane/lane-state';
import { standingOf } from '@/lib/domain/lane/standing';
import { OUTCOME_LABELS, type TaskOutcome } from '@/lib/domain/outcome';
import type { OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import type { EvidenceRow } from '../types';

const ROWS = 25;

/** The lane's latest decided tasks, and what each is worth. */
export async function listEvidence(
  tx: Tx,
  orgId: OrgId,
  team: string,
  category: string,
  state: LaneState,
  maturityDays: number,
  now: Date,
): Promise<EvidenceRow[]> {
  const observations = await tx.observation.findMany({
    where: { orgId, team, category },
    orderBy: { at: 'desc' },
    take: ROWS,
  });
  const refs = observations.map(({ taskRef }) => taskRef);
  const tasks = await tx.task.findMany({
    where: { orgId, ref: { in: refs } },
    select: { ref: true, title: true, agent: true, score: true },
  });
  const charges = Map.groupBy(
    await tx.charge.findMany({
      where: { orgId, taskRef: { in: refs } },
      orderBy: [{ at: 'asc' }, { key: 'asc' }],
    }),
    ({ taskRef }) => taskRef,
  );
  const incidents = await tx.incident.findMany({
    where: { orgId, ref: { in: [...charges.values()].flat().map(({ key }) => key) } },
    select: { ref: true, severity: true },
  });
  const severityOf = new Map(incidents.map((incident) => [incident.ref, incident.severity]));
  const byRef = new Map(tasks.map((task) => [task.ref, task]));
  return observations.map(({ taskRef, at, outcome, score }) => {
    const task = byRef.get(taskRef);
    const charged = charges.get(taskRef) ?? [];
    const news = charged.map((one) => ({ at: one.at.getTime(), key: one.key, severity: one.severity }));
    return {
      ref: taskRef,
      title: task?.title ?? null,
      agent: task?.agent ?? null,
      decidedAt: at.toISOString(),
      outcome,
      outcomeLabel: OUTCOME_LABELS[outcome as TaskOutcome],
      score: task?.score ?? null,
      standing: standingOf(
        { ref: taskRef, at: at.getTime(), score, charges: news },
        state.epochStarts,
        maturityDays,
        now.getTime(),
      ),
      charges: charged.map(({ key, severity, at: chargedAt }) => ({
        kind: severity === null ? 'revert' : 'incident',
        severity: severity === null ? null : (severityOf.get(key) ?? null),
        at: chargedAt.toISOString(),
        incidentRef: severity === null ? null : key,
      })),
    };
  });
}
