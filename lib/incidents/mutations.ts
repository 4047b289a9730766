import type { z } from 'zod';
import { recordByHand } from '@/lib/events/record-by-hand';
import type { Ctx } from '@/lib/platform/ctx';
import type { linkIncidentSchema, recordIncidentSchema } from './schema';

type Written = { workIds: string[] };

/** Records an incident and, where the person names the task behind it, the confirmed link. */
export function recordIncident(
  ctx: Ctx,
  { task, ...incident }: z.infer<typeof recordIncidentSchema>,
): Promise<Written> {
  const opened = { type: 'dev.gait.incident.opened.v1', data: { incident } };
  return recordByHand(ctx, task ? [opened, linked(ctx, incident.ref, task, 'confirmed')] : [opened]);
}

/** Says whether an incident and a task belong together. Only a confirmed link is charged. */
export function linkIncident(
  ctx: Ctx,
  { incident, task, status }: z.infer<typeof linkIncidentSchema>,
): Promise<Written> {
  return recordByHand(ctx, [linked(ctx, incident, task, status)]);
}

function linked({ actor }: Ctx, incident: string, task: string, status: 'confirmed' | 'rejected') {
  const by = actor.kind === 'user' ? { login: actor.name, kind: 'human' } : undefined;
  return {
    type: 'dev.gait.incident.linked.v1',
    data: { incident: { ref: incident }, task: { ref: task }, status, ...(by && { by }) },
  };
}
