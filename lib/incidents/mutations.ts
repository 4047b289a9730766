import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record';
import type { Severity } from '@/lib/domain/event';
import { UNSAID_SEVERITY } from '@/lib/domain/incident';
import { whatHappened } from '@/lib/domain/link-effect';
import { isReported, requireTask } from '@/lib/events/known-refs';
import { recordByHand } from '@/lib/events/record-by-hand';
import { refuseFuture } from '@/lib/events/typed-time';
import { namesOf } from '@/lib/lanes/data/names';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import { inOrg, type Tx } from '@/lib/platform/db';
import { AppError, refusedFields } from '@/lib/platform/errors';
import { isOtherTeam, type Link, linkedTasks, type PlacedLinkedTask } from './data/linked-tasks';
import type { linkIncidentSchema, recordIncidentSchema } from './schema';

/** `tell` says what has come of it in the lane; asked once the projector has had its time. */
type Written = { workIds: string[]; tell(isProjected: boolean): Promise<string> };

type Status = 'confirmed' | 'rejected';

/** Records an incident and, where the person names the task behind it, the confirmed link. */
export async function recordIncident(
  ctx: Ctx,
  { task, at, ...incident }: z.infer<typeof recordIncidentSchema>,
): Promise<Written> {
  const { orgId, clock } = ctx;
  refuseFuture(at, clock.now().getTime());
  const opened = {
    type: 'dev.gait.incident.opened.v1',
    data: { incident },
    ...(at !== undefined && { at }),
  };
  let before: PlacedLinkedTask | null = null;
  const { workIds } = await recordByHand(ctx, async (tx) => {
    if (await isReported(tx, orgId, 'incident', incident.ref)) throw await takenBy(tx, orgId, incident.ref);
    if (!task) return [opened];
    await requireTask(tx, orgId, task);
    before = await linkedTask(tx, orgId, { ...incident, team: incident.team ?? null, cause: null }, task);
    return [opened, linked(ctx, incident.ref, task, 'confirmed')];
  });
  const said = `Recorded ${incident.ref}.`;
  return {
    workIds,
    tell: async (isProjected) =>
      task ? `${said} ${await tellOf(orgId, incident.ref, task, 'confirmed', before, isProjected)}` : said,
  };
}

async function takenBy(tx: Tx, orgId: OrgId, ref: string): Promise<AppError> {
  const incident = await tx.incident.findUnique({
    where: { orgId_ref: { orgId, ref } },
    select: { title: true },
  });
  const who = incident ? `“${incident.title ?? ref}”` : 'An incident that has just come in';
  return new AppError('conflict', 'Not saved: the reference is taken.', {
    fields: { ref: [`${who} has this reference already.`] },
  });
}

/**
 * Says whether an incident and a task belong together. Only a confirmed link is charged. Either word may be taken back: the lane is
 * then replayed without the charge, or with it. To take back a confirmation needs a reason, for it raises what the lane has proven.
 */
export async function linkIncident(
  ctx: Ctx,
  { incident: ref, task, status, reason }: z.infer<typeof linkIncidentSchema>,
): Promise<Written> {
  const { orgId, clock } = ctx;
  let before: PlacedLinkedTask | null = null;
  let was = '';
  const { workIds } = await recordByHand(ctx, async (tx) => {
    const link = await tx.incidentLink.findUnique({
      where: { orgId_incidentRef_taskRef: { orgId, incidentRef: ref, taskRef: task } },
    });
    const incident = await tx.incident.findUnique({ where: { orgId_ref: { orgId, ref } } });
    if (!link || !incident) throw new AppError('not_found', 'This incident is not linked to this task.');
    was = link.status;
    if (was === status) throw new AppError('conflict', ALREADY[status]);
    if (was === 'confirmed' && !reason)
      throw refusedFields({ reason: ['Say why, so that others understand.'] });
    before = await linkedTask(tx, orgId, incident, task);
    await recordAudit(tx, ctx, {
      act: 'incident.linked',
      target: `incident:${ref}`,
      before: { task, status: was },
      after: { task, status },
      ...(reason && { reason }),
    });
    // A source whose clock runs ahead may have linked them in our future; a word before that would not be the last.
    const at = Math.max(clock.now().getTime(), link.linkedAt.getTime() + 1);
    return [{ ...linked(ctx, ref, task, status, reason), at }];
  });
  const said =
    status === 'confirmed' ? 'Confirmed.' : was === 'confirmed' ? 'Undone.' : 'Noted: not related.';
  return {
    workIds,
    tell: async (isProjected) =>
      status === 'confirmed' || was === 'confirmed'
        ? `${said} ${await tellOf(orgId, ref, task, status, before, isProjected)}`
        : said,
  };
}

const ALREADY = {
  confirmed: 'This link was confirmed in the meantime.',
  rejected: 'This link was found to be unrelated in the meantime.',
} as const satisfies Record<Status, string>;

function linked({ actor }: Ctx, incident: string, task: string, status: Status, reason?: string) {
  const by = actor.kind === 'user' ? { login: actor.name, kind: 'human' } : undefined;
  return {
    type: 'dev.gait.incident.linked.v1',
    data: {
      incident: { ref: incident },
      task: { ref: task },
      status,
      ...(by && { by }),
      ...(reason && { reason }),
    },
  };
}

async function linkedTask(
  tx: Tx,
  orgId: OrgId,
  incident: Link['incident'],
  taskRef: string,
): Promise<PlacedLinkedTask | null> {
  const link = { taskRef, incident };
  return (await linkedTasks(tx, orgId, await namesOf(tx, orgId), [link]))(link);
}

/** What has come of a word about a link in the lane of the task. */
async function tellOf(
  orgId: OrgId,
  ref: string,
  task: string,
  status: Status,
  before: PlacedLinkedTask | null,
  isProjected: boolean,
): Promise<string> {
  if (!isProjected) return 'What it means for the lane is still being worked out.';
  return inOrg(orgId, async (tx) => {
    const incident = await tx.incident.findUnique({ where: { orgId_ref: { orgId, ref } } });
    const names = await namesOf(tx, orgId);
    const link = incident && { taskRef: task, incident };
    const now = link && (await linkedTasks(tx, orgId, names, [link]))(link);
    if (!now) return '';
    const { severity, team } = incident;
    const happened = whatHappened(status, (severity ?? UNSAID_SEVERITY) as Severity, before ?? now, now);
    return status === 'confirmed' && !now.uncharged && isOtherTeam(team, now)
      ? `${happened} That is the lane of the task; the incident’s own team is ${names.team(team)}.`
      : happened;
  });
}
