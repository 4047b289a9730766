import type { GaitEvent, Severity } from '@/lib/domain/event';
import { knownSince } from '@/lib/domain/known-since';
import { decodeLane, type EncodedLane } from '@/lib/domain/lane/lane-state';
import { explainCharges, standingOf } from '@/lib/domain/lane/standing';
import { hindsightOf, lateReview } from '@/lib/domain/late-review';
import { BY_HAND } from '@/lib/events/record-by-hand';
import { effectOf, linkedTasks } from '@/lib/incidents/data/linked-tasks';
import { type Names, namesOf } from '@/lib/lanes/data/names';
import type { OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { sentencesOf } from '@/lib/projection/fold-tasks';
import { placesOf, placeTasks } from '@/lib/projection/place-tasks';
import { policyOf } from '@/lib/projection/rules';
import type { EventRow, LinkedIncident, ReviewRow, TaskPage, TaskState } from '../types';
import { toTaskRow } from './list';
import { isInvented, receiptsOf } from './received-from';
import { summarizeEvent } from './summarize-event';

const EVENTS_SHOWN = 500;

/** One task with its events, reviews and what it was worth; null when no evidence names it. */
export async function getTask(orgId: OrgId, ref: string, now: Date): Promise<TaskPage | null> {
  return inOrg(orgId, async (tx) => {
    const row = await tx.task.findUnique({ where: { orgId_ref: { orgId, ref } } });
    if (!row) return null;
    const names = await namesOf(tx, orgId);
    const charges = await tx.charge.findMany({
      where: { orgId, taskRef: ref },
      orderBy: [{ at: 'asc' }, { key: 'asc' }],
    });
    const news = charges.map(({ at, key, severity }) => ({ at: at.getTime(), key, severity }));
    const standing = await standingIn(tx, orgId, row, news, now);
    const { requester, headSha, labels, additions, deletions, files } = row;
    // From the events themselves: sentences are made when they are read, in the words of this version.
    const [placed] = await placeTasks(tx, orgId, [ref], await placesOf(tx, orgId));
    if (!placed) return null;
    const { categoryReason, outcomeReason, anomalies, independentReasons } = sentencesOf(placed);
    return {
      ...toTaskRow(
        {
          ...row,
          opened_at: row.openedAt,
          decided_at: row.decidedAt,
          last_event_at: row.lastEventAt,
          incidents: charges.filter(({ severity }) => severity).length,
        },
        names,
      ),
      requester,
      headSha,
      labels,
      additions,
      deletions,
      files,
      categoryReason,
      outcomeReason: `${outcomeReason} ${explainCharges(news, standing)}`.trim(),
      anomalies,
      standing,
      reviews: await listReviews(tx, orgId, row, independentReasons),
      revertedAt: charges.find(({ severity }) => severity === null)?.at.toISOString() ?? null,
      incidents: await listLinked(tx, orgId, names, ref),
      events: await listEvents(tx, orgId, ref),
    };
  });
}

async function standingIn(
  tx: Tx,
  orgId: OrgId,
  { ref, team, category }: { ref: string; team: string; category: string },
  charges: Parameters<typeof standingOf>[0]['charges'],
  now: Date,
): Promise<TaskPage['standing']> {
  const observation = await tx.observation.findUnique({
    where: { orgId_taskRef: { orgId, taskRef: ref } },
    select: { at: true, score: true },
  });
  const lane = await tx.lane.findUnique({
    where: { orgId_team_category: { orgId, team, category } },
    select: { state: true },
  });
  if (!observation || !lane) return { kind: 'none', at: null };
  const { epochStarts } = decodeLane(lane.state as unknown as EncodedLane);
  const { maturityDays } = await policyOf(tx, orgId);
  const { score } = observation;
  return standingOf(
    { ref, at: observation.at.getTime(), score, charges },
    epochStarts,
    maturityDays,
    now.getTime(),
  );
}

/** In an order that does not change with what is said about them. */
async function listLinked(tx: Tx, orgId: OrgId, names: Names, taskRef: string): Promise<LinkedIncident[]> {
  const links = await tx.incidentLink.findMany({
    where: { orgId, taskRef },
    orderBy: { incidentRef: 'asc' },
  });
  const rows = await tx.incident.findMany({
    where: { orgId, ref: { in: links.map(({ incidentRef }) => incidentRef) } },
    select: { ref: true, title: true, severity: true, cause: true, team: true },
  });
  const incidents = new Map(rows.map((row) => [row.ref, row]));
  const linked = links.flatMap((link) => {
    const incident = incidents.get(link.incidentRef);
    return incident ? [{ taskRef, link, incident }] : [];
  });
  const taskOf = await linkedTasks(tx, orgId, names, linked);
  return linked.map(({ link, incident }) => ({
    ref: incident.ref,
    title: incident.title,
    severity: incident.severity as Severity | null,
    status: link.status as LinkedIncident['status'],
    confidence: link.confidence,
    linkedAt: link.linkedAt.toISOString(),
    effect: effectOf(incident, taskOf({ taskRef, incident })),
  }));
}

async function listReviews(
  tx: Tx,
  orgId: OrgId,
  task: { ref: string; state: string; decidedAt: Date | null },
  independentReasons: ReadonlyMap<string, string>,
): Promise<ReviewRow[]> {
  const decidedAt = task.decidedAt?.getTime() ?? null;
  const rows = await tx.review.findMany({
    where: { orgId, taskRef: task.ref },
    orderBy: { submittedAt: 'asc' },
    omit: { orgId: true, taskRef: true, independentReason: true },
  });
  const hindsights = await listHindsights(tx, orgId, task.ref);
  return rows.map((row) => ({
    ...row,
    independentReason: independentReasons.get(row.ref) ?? '',
    submittedAt: row.submittedAt.toISOString(),
    dismissedAt: row.dismissedAt?.toISOString() ?? null,
    late: lateReview(task.state as TaskState, decidedAt, row.submittedAt.getTime()),
    hindsight: hindsights.get(row.ref) ?? null,
  }));
}

/** What to know of reviews that were recorded by hand once the decision was known, by their ref. */
async function listHindsights(tx: Tx, orgId: OrgId, taskRef: string): Promise<Map<string, string>> {
  const rows = await tx.event.findMany({
    where: {
      orgId,
      taskRef,
      OR: [
        { type: { in: ['dev.gait.task.merged.v1', 'dev.gait.task.closed.v1'] } },
        { type: 'dev.gait.review.submitted.v1', source: BY_HAND },
      ],
    },
    select: { type: true, data: true, receivedAt: true },
    orderBy: { receivedAt: 'asc' },
  });
  const decision = rows.find(({ type }) => type !== 'dev.gait.review.submitted.v1');
  return new Map(
    rows.flatMap(({ data, receivedAt }) => {
      const { review } = data as { review?: { ref: string } };
      const told = hindsightOf(decision?.receivedAt.getTime() ?? null, receivedAt.getTime());
      return review && told ? [[review.ref, told] as const] : [];
    }),
  );
}

async function listEvents(tx: Tx, orgId: OrgId, taskRef: string): Promise<EventRow[]> {
  const rows = await tx.event.findMany({
    where: { orgId, taskRef },
    orderBy: [{ time: 'asc' }, { source: 'asc' }, { id: 'asc' }],
    take: EVENTS_SHOWN,
  });
  const receivedFrom = await receiptsOf(tx, orgId, rows);
  return rows.map((row) => {
    const { source, id, type, time, receivedAt, data } = row;
    const late = isInvented(row) ? null : knownSince(time.getTime(), receivedAt.getTime());
    return {
      source,
      id,
      type,
      time: time.toISOString(),
      receivedAt: receivedAt.toISOString(),
      knownSince: late === null ? null : new Date(late).toISOString(),
      receivedFrom: receivedFrom(row),
      summary: summarizeEvent({ type, data } as unknown as Pick<GaitEvent, 'type' | 'data'>),
      data,
    };
  });
}
