import { setTimeout as sleep } from 'node:timers/promises';
import { Prisma } from '@/generated/prisma/client';
import type { Clock } from '@/lib/platform/clock';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { type Digest, PROJECTIONS, type Projection, projectionDigests } from './digest';
import { projectTasks } from './project-tasks';
import { projectAll } from './projector';
import { workLeftOf } from './work-left';

/** Refs in one row of work, and in one transaction that forgets them. */
export type RebuildSizes = { perWork: number; perTransaction: number };
const SIZES: RebuildSizes = { perWork: 1_000, perTransaction: 20_000 };

type Subject = 'incident_ref' | 'task_ref' | 'lane';
/** How often to look whether work that another process has taken is done, in ms. */
const LOOK_EVERY_MS = 50;

/** Rows of work: done so far, and in all. */
export type RebuildProgress = (done: number, total: number) => void;

export type RebuiltTable = { before: number; after: number; equal: boolean };

/**
 * Forgets everything that is folded from the record and folds it again. Each transaction that forgets also leaves the
 * work of folding anew, so that an interruption loses nothing: the projector of any process finishes it. A server may
 * run meanwhile and helps; until the end its pages show less than there is, and evidence that comes in during the
 * rebuild makes the tables differ rightly.
 */
export async function rebuildProjections(
  orgId: OrgId,
  clock: Clock,
  onProgress: RebuildProgress = () => {},
  sizes: RebuildSizes = SIZES,
): Promise<Record<Projection, RebuiltTable>> {
  const before = await inOrg(orgId, (tx) => projectionDigests(tx, orgId));
  await inOrg(orgId, (tx) => tx.agent.updateMany({ where: { orgId }, data: { firstSeenAt: null } }));
  // Incidents first: the tasks folded after them find their links.
  const workIds = [
    ...(await forgetRefs(orgId, 'incident_ref', clock, sizes)),
    ...(await forgetRefs(orgId, 'task_ref', clock, sizes)),
    ...(await patiently(orgId, (tx) => forgetLanes(tx, orgId, clock.now(), sizes))),
  ];
  let done = 0;
  for (let more = await projectTasks(clock); more > 0; more = await projectTasks(clock)) {
    done += more;
    onProgress(Math.min(done, workIds.length), workIds.length);
  }
  for (await projectAll(clock); await isUnderWay(orgId, workIds, clock); await projectAll(clock)) {
    await sleep(LOOK_EVERY_MS);
  }
  onProgress(workIds.length, workIds.length);
  const after = await inOrg(orgId, (tx) => projectionDigests(tx, orgId));
  return compare(before, after);
}

/** A transaction that waits for a fold under way longer than a request would. */
function patiently<T>(orgId: OrgId, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inOrg(orgId, async (tx) => {
    await tx.$executeRaw`SET LOCAL lock_timeout = '20s'`;
    return work(tx);
  });
}

/** Whether something is left to fold, in this process or another. What failed and was put off does not count: it shows in the answer. */
function isUnderWay(orgId: OrgId, workIds: readonly string[], clock: Clock): Promise<boolean> {
  return inOrg(orgId, async (tx) => {
    const work = await tx.projectionWork.count({ where: { ...workLeftOf(workIds), parkedUntil: null } });
    const dirty = { orgId, dirtyFrom: { not: null }, dueAt: { lte: clock.now() } };
    return work > 0 || (await tx.laneDue.count({ where: dirty })) > 0;
  });
}

function compare(
  before: Record<Projection, Digest>,
  after: Record<Projection, Digest>,
): Record<Projection, RebuiltTable> {
  const tables = PROJECTIONS.map((table) => {
    const equal = before[table].digest === after[table].digest;
    return [table, { before: before[table].rows, after: after[table].rows, equal }] as const;
  });
  return Object.fromEntries(tables) as Record<Projection, RebuiltTable>;
}

/** Forgets incidents or tasks, a span of refs at a time, so that no transaction grows with the record. */
async function forgetRefs(
  orgId: OrgId,
  subject: Exclude<Subject, 'lane'>,
  clock: Clock,
  sizes: RebuildSizes,
): Promise<string[]> {
  const workIds: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const start: string = after;
    const span = await patiently(orgId, async (tx) => {
      const refs = await refsAfter(tx, orgId, subject, start, sizes.perTransaction);
      const last = refs.length < sizes.perTransaction ? null : (refs.at(-1) ?? null);
      await (subject === 'task_ref' ? forgetTasks : forgetIncidents)(tx, orgId, start, last);
      return { ids: await leaveWork(tx, orgId, subject, refs, clock.now(), sizes), last };
    });
    workIds.push(...span.ids);
    after = span.last;
  }
  return workIds;
}

async function refsAfter(
  tx: Tx,
  orgId: OrgId,
  subject: Subject,
  after: string,
  limit: number,
): Promise<string[]> {
  const column = Prisma.raw(subject);
  const rows = await tx.$queryRaw<{ ref: string }[]>`
    SELECT DISTINCT ${column} AS ref FROM event WHERE org_id = ${orgId}::uuid AND ${column} > ${after}
    ORDER BY ${column} LIMIT ${limit}`;
  return rows.map(({ ref }) => ref);
}

/** Rows are locked in the projector's order, tasks before what hangs on them, so that neither waits in a circle. */
async function forgetTasks(tx: Tx, orgId: OrgId, after: string, last: string | null): Promise<void> {
  const taskRef = { gt: after, ...(last !== null && { lte: last }) };
  await tx.$executeRaw`
    SELECT FROM task WHERE org_id = ${orgId}::uuid AND ref > ${after} AND (${last}::text IS NULL OR ref <= ${last}) ORDER BY ref FOR UPDATE`;
  await tx.task.deleteMany({ where: { orgId, ref: taskRef } });
  await tx.review.deleteMany({ where: { orgId, taskRef } });
  await tx.observation.deleteMany({ where: { orgId, taskRef } });
  await tx.charge.deleteMany({ where: { orgId, taskRef } });
  await tx.incidentLink.deleteMany({ where: { orgId, taskRef } });
}

async function forgetIncidents(tx: Tx, orgId: OrgId, after: string, last: string | null): Promise<void> {
  const ref = { gt: after, ...(last !== null && { lte: last }) };
  await tx.$executeRaw`
    SELECT FROM incident WHERE org_id = ${orgId}::uuid AND ref > ${after} AND (${last}::text IS NULL OR ref <= ${last}) ORDER BY ref FOR UPDATE`;
  await tx.incident.deleteMany({ where: { orgId, ref } });
}

/**
 * Every lane is marked as changed from its beginning on before anything of it goes: that waits for folds under way,
 * holds off new ones until this stands, and makes the next one begin anew.
 */
async function forgetLanes(tx: Tx, orgId: OrgId, now: Date, sizes: RebuildSizes): Promise<string[]> {
  await tx.$executeRaw`
    INSERT INTO lane_due (org_id, team, category, due_at, dirty_from)
    SELECT org_id, team, category, ${now}, ${new Date(0)} FROM lane WHERE org_id = ${orgId}::uuid ORDER BY team, category
    ON CONFLICT (org_id, team, category) DO UPDATE
    SET due_at = LEAST(lane_due.due_at, excluded.due_at), dirty_from = excluded.dirty_from`;
  const where = { orgId };
  await tx.decision.deleteMany({ where });
  await tx.laneWeek.deleteMany({ where });
  await tx.laneSnapshot.deleteMany({ where });
  await tx.gearMove.deleteMany({ where });
  await tx.recommendation.deleteMany({ where });
  await tx.lane.deleteMany({ where });
  // Lanes are few, so all of them go at once.
  const lanes = await refsAfter(tx, orgId, 'lane', '', 1_000_000);
  return leaveWork(tx, orgId, 'lane', lanes, now, sizes);
}

async function leaveWork(
  tx: Tx,
  orgId: OrgId,
  subject: Subject,
  refs: readonly string[],
  createdAt: Date,
  { perWork }: RebuildSizes,
): Promise<string[]> {
  const rows = Array.from({ length: Math.ceil(refs.length / perWork) }, (_, index) => {
    const some = refs.slice(index * perWork, (index + 1) * perWork);
    const named = (wanted: Subject) => (subject === wanted ? some : []);
    return {
      id: newId(),
      orgId,
      taskRefs: named('task_ref'),
      incidentRefs: named('incident_ref'),
      lanes: named('lane'),
      createdAt,
    };
  });
  if (rows.length > 0) await tx.projectionWork.createMany({ data: rows });
  return rows.map(({ id }) => id);
}
