import { type OrgId, vouchForOrg } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';

/** The tasks at which one transaction has enough to do. */
const ENOUGH_TASKS = 2_000;

/** A row of the work list: the subjects that one write has touched. */
export type Work = { id: string; task_refs: string[]; incident_refs: string[]; lanes: string[] };

/** Takes rows of work of one organisation, the oldest first; rows that other processes hold are passed over. */
export async function claimWork(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ orgId: OrgId; work: Work[] } | null> {
  const [first] = await tx.$queryRaw<{ org_id: string }[]>`
    SELECT org_id FROM projection_work WHERE parked_until IS NULL OR parked_until <= ${now}
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (!first) return null;
  const rows = await tx.$queryRaw<Work[]>`
    SELECT id, task_refs, incident_refs, lanes FROM projection_work
    WHERE org_id = ${first.org_id}::uuid AND (parked_until IS NULL OR parked_until <= ${now})
    ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  const work: Work[] = [];
  let tasks = 0;
  for (const row of rows) {
    if (work.length > 0 && tasks + row.task_refs.length > ENOUGH_TASKS) break;
    work.push(row);
    tasks += row.task_refs.length;
  }
  return { orgId: vouchForOrg(first.org_id), work };
}

/** @returns whether the row named more than one subject, and two rows stand for it now */
export async function halveWork(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM projection_work WHERE id = ${id}::uuid FOR UPDATE`;
  const work = row && (await tx.projectionWork.findUnique({ where: { id } }));
  if (!work) return true;
  const { taskRefs, incidentRefs, lanes } = work;
  if (taskRefs.length + incidentRefs.length + lanes.length < 2) return false;
  const half = Math.ceil((incidentRefs.length + taskRefs.length + lanes.length) / 2);
  const isFirst = (place: number) => place < half;
  const part = (wanted: boolean) => ({
    ...work,
    id: newId(),
    partOf: work.partOf ?? id,
    incidentRefs: incidentRefs.filter((_, place) => isFirst(place) === wanted),
    taskRefs: taskRefs.filter((_, place) => isFirst(incidentRefs.length + place) === wanted),
    lanes: lanes.filter((_, place) => isFirst(incidentRefs.length + taskRefs.length + place) === wanted),
  });
  await tx.projectionWork.createMany({ data: [part(true), part(false)] });
  await tx.projectionWork.delete({ where: { id } });
  return true;
}
