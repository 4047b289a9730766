import { alertIncidents, graveIncidents } from '@/lib/outbox/mutations/alerts';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { enterOrg, holdOrg, inWorkList, type Tx } from '@/lib/platform/db';
import { isDatabaseAway } from '@/lib/platform/db-errors';
import { logger } from '@/lib/platform/logger';
import { claimWork, halveWork, type Work } from './claim-work';
import { distinct } from './distinct';
import { chargeRows, linkRows, observationRows, type PlacedTask, reviewRows, taskRow } from './fold-tasks';
import { type LaneChanges, noteChanges } from './lane-changes';
import { placesOf, placeTasks } from './place-tasks';
import { projectDecisions } from './project-decisions';
import { projectIncidents } from './project-incidents';
import { registerSeen } from './register-seen';
import { lockTasks } from './task-store';
import { upsert, upsertByRef } from './upsert';

/** Rows of work taken at once. */
const WORK_ROWS = 30;
const PARKED_MS = 60_000;

/**
 * Takes some work of one organisation, folds the tasks and incidents it names, and marks the lanes whose
 * evidence changed. Any number of processes may call this: each takes other rows of work (SKIP LOCKED).
 * @returns how many rows of work were done or parked; 0 = there was nothing to do
 */
export async function projectTasks(clock: Clock): Promise<number> {
  try {
    return await inWorkList((tx) => projectSome(tx, clock, WORK_ROWS));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return projectOneOrPark(clock);
  }
}

/**
 * One row at a time, so that a row that cannot be folded holds up nobody else. Since it may name much that can, it is
 * halved until it names one subject alone; that one is set aside for a while.
 */
async function projectOneOrPark(clock: Clock): Promise<number> {
  const claim: { id?: string } = {};
  try {
    return await inWorkList((tx) => projectSome(tx, clock, 1, (id) => Object.assign(claim, { id })));
  } catch (error) {
    const { id } = claim;
    if (isDatabaseAway(error) || !id) throw error;
    const parkedUntil = new Date(clock.now().getTime() + PARKED_MS);
    await inWorkList(async (tx) => {
      if (await halveWork(tx, id)) return;
      logger().error(
        { err: error, work: id },
        'this evidence could not be folded; it is tried again in a minute',
      );
      await tx.projectionWork.updateMany({ where: { id }, data: { parkedUntil } });
    });
    return 1;
  }
}

async function projectSome(
  tx: Tx,
  clock: Clock,
  rows: number,
  onClaim: (id: string) => void = () => {},
): Promise<number> {
  const claimed = await claimWork(tx, clock.now(), rows);
  if (!claimed) return 0;
  const { orgId, work } = claimed;
  for (const { id } of work) onClaim(id);
  await enterOrg(tx, orgId, 'derivable');
  if (await holdOrg(tx)) await projectWork(tx, orgId, work, clock.now());
  await tx.projectionWork.deleteMany({ where: { id: { in: work.map((row) => row.id) } } });
  return work.length;
}

async function projectWork(tx: Tx, orgId: OrgId, work: readonly Work[], now: Date): Promise<void> {
  const changes: LaneChanges = new Map();
  const incidents = distinct(work.flatMap((row) => row.incident_refs)).sort();
  const grave = await graveIncidents(tx, orgId, incidents, now);
  const linked = await projectIncidents(tx, orgId, incidents);
  await projectDecisions(tx, orgId, distinct(work.flatMap((row) => row.lanes)), changes);
  // In one order, so that processes that make the same new rows wait for each other in a line.
  const refs = distinct([...work.flatMap((row) => row.task_refs), ...linked]).sort();
  await projectTaskRefs(tx, orgId, refs, changes, now);
  await alertIncidents(tx, orgId, incidents, grave, now);
}

async function projectTaskRefs(
  tx: Tx,
  orgId: OrgId,
  refs: readonly string[],
  changes: LaneChanges,
  now: Date,
): Promise<void> {
  const standings = await lockTasks(tx, orgId, refs);
  const places = await placesOf(tx, orgId);
  const placed: PlacedTask[] = [];
  for (const some of chunks(refs)) placed.push(...(await placeTasks(tx, orgId, some, places)));
  for (const one of placed) noteChanges(changes, standings.get(one.task.ref), one);
  await markLanes(tx, orgId, changes, now);
  await registerSeen(tx, orgId, placed, now);
  const overtaken: string[] = [];
  for (const some of chunks(placed)) overtaken.push(...(await writeTasks(tx, orgId, some, standings)));
  // Another process made these rows while we folded: its events may be newer than those we read.
  if (overtaken.length > 0) await projectTaskRefs(tx, orgId, overtaken, new Map(), now);
}

/** One request may have named thousands of tasks: so many at once, so that requests are answered in between. */
const TASKS_AT_ONCE = 500;

function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / TASKS_AT_ONCE);
  return Array.from({ length: count }, (_, n) => items.slice(n * TASKS_AT_ONCE, (n + 1) * TASKS_AT_ONCE));
}

/** Taken before any row that the lane's own fold writes, and in one order: nobody waits for each other in a circle. */
async function markLanes(tx: Tx, orgId: OrgId, changes: LaneChanges, now: Date): Promise<void> {
  const lanes = [...changes.values()].sort((a, b) =>
    `${a.team}/${a.category}` < `${b.team}/${b.category}` ? -1 : 1,
  );
  if (lanes.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO lane_due (org_id, team, category, due_at, dirty_from)
    SELECT ${orgId}::uuid, l.team, l.category, ${now}, l.dirty_from
    FROM unnest(${lanes.map((l) => l.team)}::text[], ${lanes.map((l) => l.category)}::text[],
      ${lanes.map((l) => new Date(l.from).toISOString())}::timestamptz[]) AS l (team, category, dirty_from)
    ON CONFLICT (org_id, team, category) DO UPDATE
    SET due_at = LEAST(lane_due.due_at, excluded.due_at), dirty_from = LEAST(lane_due.dirty_from, excluded.dirty_from)`;
}

/**
 * Writes what was folded, but for tasks whose row another process made in the meantime: what that one made of them can
 * be seen, and compared, only now that their rows are ours.
 * @returns the refs of those tasks, to be folded again
 */
async function writeTasks(
  tx: Tx,
  orgId: OrgId,
  placed: readonly PlacedTask[],
  standings: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const replaced = await upsertByRef(
    tx,
    'task',
    placed.map((one) => taskRow(orgId, one)),
  );
  const overtaken = new Set(replaced.filter((ref) => !standings.has(ref)));
  const ours = placed.filter(({ task }) => !overtaken.has(task.ref));
  await upsert(
    tx,
    'review',
    ['org_id', 'task_ref', 'ref'],
    ours.flatMap((one) => reviewRows(orgId, one)),
  );
  await upsert(
    tx,
    'observation',
    ['org_id', 'task_ref'],
    ours.flatMap((one) => observationRows(orgId, one)),
  );
  const known = ours.filter(({ task }) => standings.has(task.ref));
  const undecided = known.filter(({ observation }) => !observation).map(({ task }) => task.ref);
  if (undecided.length > 0) await tx.observation.deleteMany({ where: { orgId, taskRef: { in: undecided } } });
  const refs = known.map(({ task }) => task.ref);
  if (refs.length > 0) {
    await tx.charge.deleteMany({ where: { orgId, taskRef: { in: refs } } });
    await tx.incidentLink.deleteMany({ where: { orgId, taskRef: { in: refs } } });
  }
  // Whoever gave them may have been heard before the task was found to be another team's.
  for (const { task } of known.filter(({ unheard }) => unheard > 0)) {
    const stand = task.reviews.map(({ ref }) => ref);
    await tx.review.deleteMany({ where: { orgId, taskRef: task.ref, ref: { notIn: stand } } });
  }
  await upsert(
    tx,
    'incident_link',
    ['org_id', 'incident_ref', 'task_ref'],
    ours.flatMap((one) => linkRows(orgId, one)),
  );
  await upsert(
    tx,
    'charge',
    ['org_id', 'task_ref', 'key'],
    ours.flatMap((one) => chargeRows(orgId, one)),
  );
  return [...overtaken];
}
