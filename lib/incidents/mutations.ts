import type { z } from 'zod';
import { isReported, requireTask } from '@/lib/events/known-refs';
import { recordByHand } from '@/lib/events/record-by-hand';
import type { Ctx, OrgId } from '@/lib/platform/ctx';
import type { Tx } from '@/lib/platform/db';
import { AppError } from '@/lib/platform/errors';
import type { linkIncidentSchema, recordIncidentSchema } from './schema';

type Written = { workIds: string[] };

/** Records an incident and, where the person names the task behind it, the confirmed link. */
export function recordIncident(
  ctx: Ctx,
  { task, ...incident }: z.infer<typeof recordIncidentSchema>,
): Promise<Written> {
  const opened = { type: 'dev.gait.incident.opened.v1', data: { incident } };
  const { orgId } = ctx;
  return recordByHand(ctx, async (tx) => {
    if (await isReported(tx, orgId, 'incident', incident.ref)) throw await takenBy(tx, orgId, incident.ref);
    if (!task) return [opened];
    await requireTask(tx, orgId, task);
    return [opened, linked(ctx, incident.ref, task, 'confirmed')];
  });
}

async function takenBy(tx: Tx, orgId: OrgId, ref: string): Promise<AppError> {
  const incident = await tx.incident.findUnique({
    where: { orgId_ref: { orgId, ref } },
    select: { title: true },
  });
  const who = incident ? `“${incident.title}”` : 'An incident that has just come in';
  return new AppError('conflict', 'Not saved: the reference is taken.', {
    fields: { ref: [`${who} has this reference already.`] },
  });
}

/** Says whether an incident and a task belong together. Only a confirmed link is charged. */
export function linkIncident(
  ctx: Ctx,
  { incident, task, status }: z.infer<typeof linkIncidentSchema>,
): Promise<Written> {
  return recordByHand(ctx, async () => [linked(ctx, incident, task, status)]);
}

function linked({ actor }: Ctx, incident: string, task: string, status: 'confirmed' | 'rejected') {
  const by = actor.kind === 'user' ? { login: actor.name, kind: 'human' } : undefined;
  return {
    type: 'dev.gait.incident.linked.v1',
    data: { incident: { ref: incident }, task: { ref: task }, status, ...(by && { by }) },
  };
}
